import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apportion, apportionTable } from "./apportion.ts";

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

describe("apportion()", () => {
  test("adds up, and is within 1 of each exact share", () => {
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.nat(1e6), weights, (count, drawn) => {
        const all = [...drawn, 0.5];
        const shares = apportion(count, all);
        expect(sum(shares)).toBe(count);
        for (const [i, share] of shares.entries())
          expect(Math.abs(share - (count * all[i]!) / sum(all))).toBeLessThan(1 + 1e-6);
      }),
    );
  });

  test("gives a rest to the largest remainder, and of equal ones to the first", () => {
    expect(apportion(10, [0.8, 0.1, 0.1])).toEqual([8, 1, 1]);
    expect(apportion(100, [0.29, 0.71])).toEqual([29, 71]);
    expect(apportion(5, [0.5, 0.5])).toEqual([3, 2]);
    expect(apportion(7, [0.6, 0.2, 0.2])).toEqual([4, 2, 1]);
  });
});

describe("apportionTable()", () => {
  test("has the sums it is given, and each entry within 1 of its share", () => {
    const rows = fc.array(fc.nat(50), { minLength: 1, maxLength: 30 });
    const weights = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, weights, (rows, weights) => {
        const count = sum(rows);
        fc.pre(count > 0);
        const columns = apportion(count, [...weights, 1]);
        const table = apportionTable(rows, columns);
        expect(table.map(sum)).toEqual(rows);
        expect(columns.map((_, j) => sum(table.map((shares) => shares[j]!)))).toEqual(columns);
        for (const [i, shares] of table.entries())
          for (const [j, share] of shares.entries()) {
            expect(Math.abs(share - (rows[i]! * columns[j]!) / count)).toBeLessThanOrEqual(1);
            expect(share).toBeGreaterThanOrEqual(0);
          }
      }),
      { numRuns: 1000 },
    );
  });
});
