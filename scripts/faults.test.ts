import { expect, test } from "vitest";
import { faults } from "./faults.ts";
import { read } from "./sources.ts";

test.each(faults.map((fault) => [fault.file, fault] as const))(
  "the fault in %s replaces something that stands there once",
  (_file, { file, from, to }) => {
    expect(read(file).split(from).length - 1, from).toBe(1);
    expect(to).not.toBe(from);
  },
);
