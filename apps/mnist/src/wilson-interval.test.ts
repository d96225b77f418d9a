import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "./wilson-interval.ts";

// scipy.stats.binomtest(successes, trials).proportion_ci(0.95, "wilson")
test.each([
  [957, 1000, 0.942581, 0.967921],
  [9800, 10_000, 0.977066, 0.982565],
  [0, 10, 0, 0.277533],
  [10, 10, 0.722467, 1],
  [1, 2, 0.094531, 0.905469],
])("of %d in %d is [%d, %d]", (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval[0]).toBeCloseTo(low, 6);
  expect(interval[1]).toBeCloseTo(high, 6);
});

test("holds the proportion, within [0, 1], and narrows with more trials", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, b) => {
      const [successes, trials] = [Math.min(a, b), b];
      const [low, high] = wilsonInterval(successes, trials);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(successes / trials + 1e-12);
      expect(high).toBeGreaterThanOrEqual(successes / trials - 1e-12);
      const [narrowLow, narrowHigh] = wilsonInterval(10 * successes, 10 * trials);
      expect(narrowHigh - narrowLow).toBeLessThan(high - low);
    }),
  );
});

test("of nothing is everything", () => {
  expect(wilsonInterval(0, 0)).toEqual([0, 1]);
});
