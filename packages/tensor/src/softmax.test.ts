import { expectAllClose } from "@feedforward/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logSoftmax } from "./log-softmax.ts";
import { logSumExpRow } from "./log-sum-exp.ts";
import { softmax, softmaxRows } from "./softmax.ts";
import { softmaxBackward } from "./softmax-backward.ts";
import type { Matrix } from "./tensor.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const row = (...a: number[]): Matrix => ({ shape: [1, a.length], data: Float64Array.from(a) });
const total = (x: ArrayLike<number>): number => Array.from(x).reduce((sum, e) => sum + e, 0);
const float32 = (rows: number, columns: number, a: readonly number[]): Matrix => ({
  shape: [rows, columns],
  data: Float32Array.from(a),
});

describe("softmax()", () => {
  test("has positive rows that sum to 1, whatever is added to a row", () => {
    const logit = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(logit, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: -700, max: 700 }),
        (a, shift) => {
          const { data: f } = softmax(row(...a));
          for (const p of f) expect(p).toBeGreaterThan(0);
          expectAllClose([total(f)], [1], {
            relative: 1e-14,
          });
          const shifted = softmax(row(...a.map((x) => x + shift))).data;
          expectAllClose(shifted, f, { relative: 1e-12 });
        },
      ),
    );
  });

  test("is right at ±1e4, with one class, with no class and with no row", () => {
    expect(softmax(float32(2, 2, [1e4, -1e4, -1e4, -1e4])).data).toEqual(
      Float32Array.of(1, 0, 0.5, 0.5),
    );
    expect(softmax(float32(3, 1, [1e4, 0, -1e4])).data).toEqual(Float32Array.of(1, 1, 1));
    expect(softmax(float32(2, 0, []))).toEqual(float32(2, 0, []));
    expect(softmax(float32(0, 3, []))).toEqual(float32(0, 3, []));
  });

  test("keeps NaN and Infinity in their row; -Infinity is no probability", () => {
    expect(softmax(float32(2, 2, [nan, 1, 0, 0])).data).toEqual(
      Float32Array.of(nan, nan, 0.5, 0.5),
    );
    expect(softmax(row(infinity, 0)).data).toEqual(Float64Array.of(nan, nan));
    expect(softmax(row(-infinity, 0)).data).toEqual(Float64Array.of(0, 1));
    expect(softmax(row(-infinity, -infinity)).data).toEqual(Float64Array.of(nan, nan));
  });
});

test("softmaxRows() may work in place, and writes no more than its rows", () => {
  const a = Float64Array.of(1, 2, 3, 4, 7);
  const { data: f } = softmax({ shape: [2, 2], data: a.slice(0, 4) });
  softmaxRows(a, a, 2, 2);
  expect(a).toEqual(Float64Array.of(...f, 7));
});

describe("logSoftmax()", () => {
  test("is the logarithm of softmax where that has one", () => {
    const a = row(1, -2, 3.5, 0);
    expectAllClose(logSoftmax(a).data, softmax(a).data.map(Math.log), { relative: 1e-14 });
  });

  test("is right at ±1e4, with one class, with no class and with no row", () => {
    expect(logSoftmax(float32(1, 2, [1e4, -1e4])).data).toEqual(Float32Array.of(0, -2e4));
    expect(logSoftmax(float32(2, 1, [1e4, -3])).data).toEqual(Float32Array.of(0, 0));
    expect(logSoftmax(float32(2, 0, []))).toEqual(float32(2, 0, []));
    expect(logSoftmax(float32(0, 3, []))).toEqual(float32(0, 3, []));
  });

  test("keeps NaN in its row; -Infinity stays -Infinity beside a number", () => {
    expect(logSoftmax(float32(2, 2, [nan, 1, 0, -infinity])).data).toEqual(
      Float32Array.of(nan, nan, 0, -infinity),
    );
  });
});

describe("softmaxBackward()", () => {
  test("sums to 0 over a row, for softmax's rows do not move", () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1 }), (pairs) => {
        const gradA = softmaxBackward(
          softmax(row(...pairs.map(([a]) => a))),
          row(...pairs.map(([, g]) => g)),
        ).data;
        expectAllClose([total(gradA)], [0], {
          absolute: 1e-14,
        });
      }),
    );
  });

  test("refuses shapes and dtypes that differ", () => {
    const f = row(0.5, 0.5);
    expect(() => softmaxBackward(f, row(1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: softmaxBackward() expects gradF of [1, 2], the shape of f, but gradF is [1, 1]]`,
    );
    expect(() => softmaxBackward(f, float32(1, 2, [1, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: softmaxBackward() expects gradF of float64, the dtype of f, but gradF is float32]`,
    );
  });
});

test("logSumExpRow() reads its row and nothing else, and keeps the infinities and NaN", () => {
  const a = Float64Array.of(nan, 0, Math.log(3), infinity);
  expectAllClose([logSumExpRow(a, 1, 2)], [Math.log(4)], { relative: 1e-15 });
  expect(logSumExpRow(a, 0, 2)).toBe(nan);
  expect(logSumExpRow(a, 1, 3)).toBe(infinity);
  expect(logSumExpRow(a, 1, 0)).toBe(-infinity);
  expect(logSumExpRow(Float64Array.of(-infinity, -infinity), 0, 2)).toBe(-infinity);
});
