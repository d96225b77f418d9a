import { expectAllClose } from "@feedforward/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitStandardiser } from "./fit-standardiser.ts";

describe("fitStandardiser()", () => {
  test("agrees with numpy, also on a column far from 0", () => {
    const data = Float64Array.of(
      ...[1.5, -2, 1e9 + 0.25, 3],
      ...[2.25, 0, 1e9 + 0.5, 3],
      ...[-7, 4, 1e9 + 0.75, 3],
      ...[0.125, 1, 1e9 + 1.5, 3],
    );
    const { mean, std } = fitStandardiser({ shape: [4, 4], data });
    // numpy 2.4.6: x.mean(axis=0), x.std(axis=0); the last std is 0 there
    expectAllClose(mean, [-0.78125, 0.75, 1000000000.75, 3.0], { relative: 1e-15 });
    expectAllClose(std, [3.6703786844820248, 2.165063509461097, 0.46770717334674267, 1.0], {
      relative: 1e-12,
    });
  });

  test("gives std 1 to a constant column, whatever its value and kind", () => {
    for (const value of [0, 0.1, -1e300, 1e-310]) {
      const data = new Float64Array(7).fill(value);
      const { mean, std } = fitStandardiser({ shape: [7, 1], data });
      expect([...mean, ...std]).toEqual([value, 1]);
    }
    expect(fitStandardiser({ shape: [1, 2], data: Uint8Array.of(9, 0) })).toEqual({
      mean: Float64Array.of(9, 0),
      std: Float64Array.of(1, 1),
    });
  });

  test("makes columns of mean 0 and variance 1", () => {
    const column = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(column, (values) => {
        fc.pre(new Set(values).size > 1);
        const data = Float64Array.from(values);
        const { mean, std } = fitStandardiser({ shape: [values.length, 1], data });
        const z = values.map((value) => (value - mean[0]!) / std[0]!);
        const average = (of: readonly number[]): number =>
          of.reduce((sum, value) => sum + value, 0) / of.length;
        expectAllClose([average(z), average(z.map((v) => v * v))], [0, 1], {
          relative: 1e-9,
          absolute: 1e-9,
        });
      }),
    );
  });

  test("refuses no rows, values that are not finite, and a variance that overflows", () => {
    const fit = (columns: number, ...values: readonly number[]) =>
      fitStandardiser({
        shape: [values.length / columns, columns],
        data: Float64Array.from(values),
      });
    expect(() =>
      fitStandardiser({ shape: [0, 3], data: new Float32Array(0) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fitStandardiser() expects at least one row, but x is [0, 3]]`,
    );
    expect(() => fit(2, 1, 2, 3, Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fitStandardiser() expects finite values, but x[1][1] is NaN]`,
    );
    expect(() => fit(1, 1e200, -1e200)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: fitStandardiser() expects columns whose variance is finite, but that of column 0 is Infinity: scale it down]`,
    );
    expect(() => fit(1, 1.7e308, -1.7e308, -1.7e308)).toThrow(RangeError);
    expect(() =>
      fitStandardiser({ shape: [2, 2], data: Uint8Array.of(1) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: fitStandardiser() expects 4 values for x of [2, 2], but x has 1]`,
    );
  });
});
