import { describe, expect, test } from "vitest";
import { floors } from "./floors.ts";
import { systems } from "./systems.ts";

describe("floors", () => {
  test.each(floors)("$system against $against on $workload is measured by a whole run", (floor) => {
    for (const id of [floor.system, ...floor.against])
      expect(systems.find((one) => one.id === id)?.workloads).toContain(floor.workload);
  });
});
