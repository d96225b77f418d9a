import { expect, test } from "vitest";
import { classOf } from "./accuracy.ts";
import { accuracy } from "./index.ts";

test("the class is the column of the greatest entry, and the first of equals", () => {
  const a = Float32Array.of(1, 3, 2, 5, 5, 4, -1, -1, -1);
  expect([0, 1, 2].map((row) => classOf(a, row, 3, 0))).toEqual([1, 0, 0]);
});

test("of a single column the class is 1 above the threshold, and 0 at it", () => {
  const a = Float64Array.of(-1, 0, 1e-300, 0.5, 0.75);
  expect([0, 1, 2, 3, 4].map((row) => classOf(a, row, 1, 0))).toEqual([0, 0, 1, 1, 1]);
  expect([0, 1, 2, 3, 4].map((row) => classOf(a, row, 1, 0.5))).toEqual([0, 0, 0, 0, 1]);
});

test("accuracy counts the rows that are right, and reads no other", () => {
  const a = Float32Array.of(2, 1, 0, 1, 1, 1, 9, 0);
  expect(accuracy.ofClasses(a, Int32Array.of(0, 1, 1, 0), 4, 2)).toBe(3);
  expect(accuracy.ofClasses(a, Int32Array.of(0, 1, 1, 0), 3, 2)).toBe(2);
  expect(accuracy.ofClasses(a, Int32Array.of(0, 1, 1, 0), 0, 2)).toBe(0);
});

test("accuracy takes the most probable class of probabilities", () => {
  const a = Float32Array.of(2, 1, 0, 1);
  expect(accuracy.ofValues(a, Float32Array.of(0.6, 0.4, 0.5, 0.5), 2, 2)).toBe(1);
});

test("accuracy of a single output compares its sign with the class, or with a probability above 1/2", () => {
  const a = Float32Array.of(-2, 3, 0);
  expect(accuracy.ofClasses(a, Int32Array.of(0, 1, 0), 3, 1)).toBe(3);
  expect(accuracy.ofClasses(a, Int32Array.of(1, 0, 1), 3, 1)).toBe(0);
  expect(accuracy.ofValues(a, Float32Array.of(0.5, 0.51, 0), 3, 1)).toBe(3);
});
