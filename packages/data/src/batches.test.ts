import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BatchesOptions, batches } from "./batches.ts";

const rows = (options: BatchesOptions): number[][] => [...batches(options)].map((b) => [...b]);

describe("batches()", () => {
  test("visits every example once, in batches of the size asked for", () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 1, max: 50 }),
        fc.nat(),
        (count, batchSize, seed) => {
          const all = rows({ count, batchSize, seed });
          expect(all.flat().sort((a, b) => a - b)).toEqual(
            Array.from({ length: count }, (_, i) => i),
          );
          expect(all.length).toBe(Math.ceil(count / batchSize));
          for (const batch of all.slice(0, -1)) expect(batch.length).toBe(batchSize);
        },
      ),
    );
  });

  test("depends on the seed and the epoch, and on nothing else", () => {
    const first = { count: 30, batchSize: 30, seed: 1, epoch: 0 };
    expect(rows(first)).toEqual(rows(first));
    expect(rows(first)).not.toEqual(rows({ ...first, epoch: 1 }));
    expect(rows(first)).not.toEqual(rows({ ...first, seed: 2 }));
    expect(rows({ ...first, batchSize: 7 }).flat()).toEqual(rows(first).flat());
    expect(rows(first).flat()).toMatchInlineSnapshot(`
      [
        28,
        13,
        22,
        21,
        9,
        2,
        25,
        29,
        26,
        10,
        17,
        1,
        5,
        16,
        11,
        0,
        3,
        20,
        7,
        4,
        24,
        18,
        14,
        12,
        6,
        23,
        27,
        19,
        8,
        15,
      ]
    `);
  });

  test("gives views of one array, so that a batch allocates nothing", () => {
    const [a, b] = [...batches({ count: 4, batchSize: 2 })];
    expect(a!.buffer).toBe(b!.buffer);
  });

  test("refuses options that are no counts, before the first batch", () => {
    expect(() => batches({ count: 5, batchSize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: batches() expects an integer from 1, but batchSize is 0]`,
    );
    expect(() => batches({ count: -1, batchSize: 1 })).toThrow("count is -1");
    expect(() => batches({ count: 5, batchSize: 2, seed: 0.5 })).toThrow("seed is 0.5");
    expect(() => batches({ count: 5, batchSize: 2, epoch: Number.NaN })).toThrow("epoch is NaN");
  });
});
