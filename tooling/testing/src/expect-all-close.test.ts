import { expect, test } from "vitest";
import { expectAllClose } from "./expect-all-close.ts";

test("expectAllClose() accepts equal NaNs and infinities, and values within tolerance", () => {
  expectAllClose(
    [Number.NaN, Number.POSITIVE_INFINITY, 1 + 1e-9],
    [Number.NaN, Number.POSITIVE_INFINITY, 1],
  );
});

test("expectAllClose() is relative to what is expected, not to what came", () => {
  expect(() => expectAllClose([100], [1], { relative: 1 })).toThrow();
  expectAllClose([1], [100], { relative: 1 });
});

test("expectAllClose() names the entry, both values and both tolerances", () => {
  expect(() => expectAllClose([1, 2.5], [1, 2])).toThrowErrorMatchingInlineSnapshot(
    `[Error: entry 1 of 2: expected 2, but got 2.5 (relative tolerance 0.000001, absolute 1e-9)]`,
  );
});

test("expectAllClose() refuses NaN for a number, a number for an infinity, and another length", () => {
  expect(() => expectAllClose([Number.NaN], [1])).toThrow();
  expect(() => expectAllClose([1e300], [Number.POSITIVE_INFINITY])).toThrow();
  expect(() => expectAllClose([1], [1, 2])).toThrow("expected 2 entries, but got 1");
  expect(() => expectAllClose([1, 2], [1])).toThrow("expected 1 entries, but got 2");
});
