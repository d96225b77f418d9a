import { expect, test } from "vitest";
import { chooser, hasFew } from "./zeros.ts";

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

const zeros = matrix(64, 100, 1);
const halves = matrix(64, 100, 5);
const full = matrix(64, 100, 10);
const MUCH = 1e7;

test("on one thread, a product is our kernels' where few numbers of an operand are not zero", () => {
  const threadsFor = chooser(1);
  for (const work of [1e5, MUCH])
    expect([zeros, halves, full].map((x) => threadsFor(work, x, 6400))).toEqual([0, 1, 1]);
  expect(threadsFor(MUCH, full, 6400, zeros, 6400)).toBe(0);
  expect(threadsFor(MUCH, full, 6400, halves, 6400)).toBe(1);
});

test("on several threads, all large products are our kernels' while most of their work has zeros", () => {
  const threadsFor = chooser(2);
  const choose = (...products: readonly Float32Array[]) => {
    for (let i = 0; i < 500; i++) threadsFor(MUCH, products[i % products.length]!, 6400);
    return products.map((x) => threadsFor(MUCH, x, 6400));
  };
  expect(threadsFor(MUCH, full, 6400)).toBe(2);
  expect(choose(zeros, halves)).toEqual([0, 0]);
  expect(choose(halves, zeros, halves, zeros, halves, zeros, full)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(choose(halves, full)).toEqual([2, 2]);
  expect(threadsFor(1e5, full, 6400)).toBe(1);
  expect(threadsFor(1e5, zeros, 6400)).toBe(0);
});
