import { expect, test } from "vitest";
import { expectAllClose } from "./expect-all-close.ts";
import { numericGradient } from "./numeric-gradient.ts";

test("numericGradient() of x0² x1 is [2 x0 x1, x0²], and puts x back", () => {
  const x = Float64Array.of(3, -2);
  const f = (): number => x[0]! ** 2 * x[1]!;
  expectAllClose(numericGradient(f, x), [-12, 9], { relative: 1e-8 });
  expect([...x]).toEqual([3, -2]);
});
