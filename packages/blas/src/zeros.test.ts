import { expect, test } from "vitest";
import { hasFew } from "./zeros.ts";

/** [rows, columns], of which the first `some` columns of each ten are not zero. */
const matrix = (rows: number, columns: number, some: number): Float32Array =>
  Float32Array.from({ length: rows * columns }, (_, i) => ((i % columns) % 10 < some ? -1 - i : 0));

test.each([
  [32, 784],
  [128, 512],
  [256, 2048],
  [64, 100],
])("hasFew() finds out whether few of %i x %i are not zero", (rows, columns) => {
  const found = [0, 1, 2, 4, 5, 8, 10].map((some) =>
    hasFew(matrix(rows, columns, some), rows * columns),
  );
  expect(found).toEqual([true, true, true, false, false, false, false]);
});

test("hasFew() takes NaN for a number, and looks at no more than it is told to", () => {
  const x = new Float32Array(2000).fill(Number.NaN, 0, 1000);
  expect(hasFew(x, 1000)).toBe(false);
  expect(hasFew(x.toReversed(), 1000)).toBe(true);
  expect(hasFew(new Float32Array(100).fill(-0), 100)).toBe(true);
});
