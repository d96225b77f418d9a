import { describe, expect, test } from "vitest";
import { floors } from "./floors.ts";
import { systems } from "./systems.ts";

describe("floors", () => {
  test.each(floors.filter(({ system }) => !system.startsWith("ours-blas")))(
    "$system against $against on $workload is measured by a whole run",
    ({ system, against, workload }) => {
      for (const id of [system, ...against])
        expect(systems.find((one) => one.id === id)?.workloads).toContain(workload);
    },
  );
});
