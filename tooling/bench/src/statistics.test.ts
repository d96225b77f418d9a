import { describe, expect, test } from "vitest";
import { median, pairedRatios, quantile, spread } from "./statistics.ts";

describe("quantile", () => {
  test("interpolates between the two nearest values, as numpy does", () => {
    // numpy.quantile([7, 1, 3, 10], [0, 0.1, 0.5, 0.9, 1])
    const values = [7, 1, 3, 10];
    expect([0, 0.1, 0.5, 0.9, 1].map((q) => quantile(values, q))).toEqual([
      1,
      expect.closeTo(1.6, 12),
      5,
      expect.closeTo(9.1, 12),
      10,
    ]);
  });

  test("sorts numbers as numbers, and leaves its argument as it is", () => {
    const values = [10, 9, 2];
    expect(median(values)).toBe(9);
    expect(values).toEqual([10, 9, 2]);
  });

  test("is NaN of nothing", () => expect(quantile([], 0.5)).toBeNaN());
});

test("spread gives median, tenth and ninetieth hundredth", () => {
  expect(spread(Array.from({ length: 11 }, (_, i) => i))).toEqual({
    median: 5,
    low: 1,
    high: 9,
    count: 11,
  });
});

describe("pairedRatios", () => {
  test("says how many times faster, round for round", () => {
    expect(pairedRatios([1, 2, 4], [2, 2, 2])).toEqual([2, 1, 0.5]);
  });

  test("leaves out the rounds that one of the two missed", () => {
    expect(pairedRatios([1, 1], [3])).toEqual([3]);
    expect(pairedRatios([], [3])).toEqual([]);
  });

  test("is not the ratio of the medians when the machine changes its pace", () => {
    const slowPhase = [1, 1, 10, 10, 10];
    const half = slowPhase.map((s) => s / 2);
    expect(median(pairedRatios(half, slowPhase))).toBe(2);
  });
});
