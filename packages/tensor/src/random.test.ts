import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal, permutation, type Random, randomBlock, uniform } from "./random.ts";

const origin: Random = { seed: 1, stream: 0, counter: 0 };

const anywhere = fc.record({
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  stream: fc.integer({ min: 0, max: 0xffffffff }),
  counter: fc.maxSafeNat().filter((counter) => counter < Number.MAX_SAFE_INTEGER - 100),
});

const moments = (x: Float64Array): { mean: number; variance: number } => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return { mean, variance: x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length };
};

const correlation = (x: Float64Array, y: Float64Array): number => {
  const [a, b] = [moments(x), moments(y)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - a.mean) * (y[i]! - b.mean);
  return sum / x.length / Math.sqrt(a.variance * b.variance);
};

describe.each([
  ["uniform", uniform, 1 / 2, 1 / 12],
  ["normal", normal, 0, 1],
] as const)("%s", (_name, fill, mean, variance) => {
  test("number i of a stream is the same wherever drawing begins", () => {
    fc.assert(
      fc.property(anywhere, fc.nat(9), (random, skip) => {
        const whole = fill(new Float64Array(20), random);
        const rest = fill(new Float64Array(20 - skip), {
          ...random,
          counter: random.counter + skip,
        });
        expect(rest).toEqual(whole.slice(skip));
      }),
    );
  });

  test("has its mean and variance, to 5 standard errors", () => {
    const count = 100_000;
    const drawn = moments(fill(new Float64Array(count), origin));
    expect(Math.abs(drawn.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / count));
    expect(Math.abs(drawn.variance / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
  });

  test.each([
    ["seeds", { ...origin, seed: 2 }],
    ["streams", { ...origin, stream: 1 }],
    ["counters", { ...origin, counter: 1 }],
  ])("is uncorrelated between neighbouring %s", (_what, other) => {
    const count = 100_000;
    const x = fill(new Float64Array(count), origin);
    const y = fill(new Float64Array(count), other);
    expect(Math.abs(correlation(x, y))).toBeLessThan(5 / Math.sqrt(count));
  });

  test("fills nothing when there is nothing to fill, and returns what it was given", () => {
    const out = new Float32Array(0);
    expect(fill(out, origin)).toBe(out);
  });
});

test("uniform stays below 1 in float32, and is the same in float64", () => {
  fc.assert(
    fc.property(anywhere, (random) => {
      const single = uniform(new Float32Array(16), random);
      const double = uniform(new Float64Array(16), random);
      expect([...single]).toEqual([...double]);
      for (const x of single) expect(x >= 0 && x < 1).toBe(true);
    }),
  );
});

test("uniform uses all its 24 bits", () => {
  const bits = new Int32Array(24);
  for (const x of uniform(new Float32Array(1000), origin))
    for (let bit = 0; bit < 24; bit++) bits[bit]! += ((x * 2 ** 24) >>> bit) & 1;
  for (const count of bits) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(250));
});

test("the counter goes on beyond 32 bits", () => {
  const [low, high] = [new Uint32Array(4), new Uint32Array(4)];
  randomBlock(low, 1, 0, 0);
  randomBlock(high, 1, 0, 2 ** 32);
  expect(high).not.toEqual(low);
});

test("a permutation holds every number once", () => {
  fc.assert(
    fc.property(anywhere, fc.nat(50), (random, count) => {
      const order = permutation(new Int32Array(count), random);
      expect(order.toSorted()).toEqual(Int32Array.from({ length: count }, (_, i) => i));
    }),
  );
});

test("every permutation of 3 is as likely as any other", () => {
  const count = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed++) {
    const key = permutation(new Int32Array(3), { ...origin, seed }).join();
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  expect(count.size).toBe(6);
  for (const times of count.values())
    expect(Math.abs(times - 1000)).toBeLessThan(5 * Math.sqrt(1000));
});

describe("errors", () => {
  const out = new Float32Array(1);

  test("a seed, a stream or a counter out of range is refused", () => {
    expect(() => uniform(out, { ...origin, seed: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: uniform() expects seed to be a whole number in [0, 4294967296), but seed is -1]`,
    );
    expect(() => normal(out, { ...origin, stream: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: normal() expects stream to be a whole number in [0, 4294967296), but stream is 0.5]`,
    );
    expect(() =>
      permutation(new Int32Array(1), { ...origin, counter: Number.NaN }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: permutation() expects counter to be a whole number in [0, 9007199254740991), but counter is NaN]`,
    );
  });
});
