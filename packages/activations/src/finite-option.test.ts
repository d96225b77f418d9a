import { expect, test } from "vitest";
import { elu, leakyRelu } from "./index.ts";

// What JavaScript may pass, where the types forbid it.
const refused = (factory: (options: never) => unknown, options: unknown): string => {
  try {
    factory(options as never);
  } catch (error) {
    return String(error);
  }
  return "accepted";
};

test("leakyRelu() refuses a slope that is no finite number", () => {
  expect(refused(leakyRelu, { slope: Number.NaN })).toMatchInlineSnapshot(
    `"RangeError: leakyRelu() expects a finite slope, but slope is NaN"`,
  );
  expect(refused(leakyRelu, { slope: Number.POSITIVE_INFINITY })).toMatchInlineSnapshot(
    `"RangeError: leakyRelu() expects a finite slope, but slope is Infinity"`,
  );
  expect(refused(leakyRelu, { slope: "0.1" })).toMatchInlineSnapshot(
    `"TypeError: leakyRelu() expects a finite slope, but slope is "0.1""`,
  );
  expect(refused(leakyRelu, { slope: null })).toMatchInlineSnapshot(
    `"TypeError: leakyRelu() expects a finite slope, but slope is null"`,
  );
});

test("elu() refuses an alpha that is no finite number", () => {
  expect(refused(elu, { alpha: Number.NaN })).toMatchInlineSnapshot(
    `"RangeError: elu() expects a finite alpha, but alpha is NaN"`,
  );
  expect(refused(elu, { alpha: Number.NEGATIVE_INFINITY })).toMatchInlineSnapshot(
    `"RangeError: elu() expects a finite alpha, but alpha is -Infinity"`,
  );
  expect(refused(elu, { alpha: true })).toMatchInlineSnapshot(
    `"TypeError: elu() expects a finite alpha, but alpha is true"`,
  );
});

test("a factory refuses a number in place of its options", () => {
  expect(refused(leakyRelu, 0.2)).toMatchInlineSnapshot(
    `"TypeError: leakyRelu() expects its options as an object, but got 0.2: write { slope: 0.01 }"`,
  );
  expect(refused(elu, null)).toMatchInlineSnapshot(
    `"TypeError: elu() expects its options as an object, but got null: write { alpha: 1 }"`,
  );
});

test("a factory takes 0 as it is, and undefined as left out", () => {
  expect(leakyRelu({ slope: 0 }).g.kernel).toEqual(["leakyRelu", 0]);
  expect(refused(leakyRelu, { slope: undefined })).toBe("accepted");
});
