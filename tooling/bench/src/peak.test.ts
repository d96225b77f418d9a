import { describe, expect, test } from "vitest";
import { arithmetic } from "../drivers/peak.ts";

function run(fused: boolean): (turns: number, x: number) => number {
  const module = new WebAssembly.Module(arithmetic(fused));
  return new WebAssembly.Instance(module).exports.run as never;
}

describe("arithmetic", () => {
  test("multiplies and adds in each of twelve accumulators, four times a turn", () => {
    expect(run(false)(1, 0)).toBe(12);
    expect(run(false)(1, 1)).toBe(12 * 4);
    expect(run(false)(3, 1)).toBe(12 * 12);
    expect(run(false)(1, 2)).toBe(12 * 15); // 1, 3, 7, 15
  });

  test.skipIf(!WebAssembly.validate(arithmetic(true)))("does the same where it is fused", () => {
    expect(run(true)(1, 2)).toBe(12 * 15);
  });
});
