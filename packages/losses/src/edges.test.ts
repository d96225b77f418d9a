import { type Matrix, softmax, softmaxBackward } from "@feedforward/tensor";
import { expectAllClose } from "@feedforward/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Loss,
  meanSquaredError,
  negativeLogLikelihood,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from "./index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const row = (...data: number[]): Matrix => ({
  shape: [1, data.length],
  data: Float64Array.from(data),
});
const column = (...data: number[]): Matrix => ({
  shape: [data.length, 1],
  data: Float64Array.from(data),
});

/** The loss, and then its gradient. Adding 0 makes 0 of -0. */
function of<Y extends Int32Array | Matrix>(loss: Loss<Y>, a: Matrix, y: Y): number[] {
  const result = loss(a, y);
  return [result.loss, ...result.grad.data].map((x) => x + 0);
}
const right = (y: number): Int32Array => Int32Array.of(y);

describe("softmaxCrossEntropy()", () => {
  const loss = softmaxCrossEntropy();
  const smooth = softmaxCrossEntropy({ labelSmoothing: 0.5 });

  test("is exact at logits of ±1e4", () => {
    const a = row(1e4, 0, -1e4);
    expect(of(loss, a, right(0))).toEqual([0, 0, 0, 0]);
    expect(of(loss, a, right(1))).toEqual([1e4, 1, -1, 0]);
    expect(of(loss, a, right(2))).toEqual([2e4, 1, 0, -1]);
    expect(of(loss, a, row(0, 0.5, 0.5))).toEqual([1.5e4, 1, -0.5, -0.5]);
    expect(of(smooth, row(1e4, -1e4), right(1))).toEqual([1.5e4, 0.75, -0.75]);
    for (const level of [1e4, -1e4])
      expect(of(loss, row(level, level), right(0))).toEqual([Math.LN2, -0.5, 0.5]);
  });

  test("is exact at float32 logits of ±1e4", () => {
    const a = { shape: [1, 2], data: Float32Array.of(1e4, -1e4) } as const;
    expect(of(loss, a, right(1))).toEqual([2e4, 1, -1]);
  });

  test("keeps its bits when a row is shifted by any exact amount", () => {
    const eighths = fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(eighths, fc.integer({ min: -1e5, max: 1e5 }), (a, shift) => {
        const shifted = a.map((x) => x / 8 + shift);
        expect(of(loss, row(...shifted), right(0))).toEqual(
          of(loss, row(...a.map((x) => x / 8)), right(0)),
        );
      }),
    );
  });

  test("has a gradient that sums to 0 over the classes of each row, at any size of logits", () => {
    const logit = fc.oneof(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    );
    const rows = fc.array(fc.tuple(logit, fc.nat(100)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, (cells) => {
        const a = row(...cells.map(([x]) => x));
        const y = softmax(row(...cells.map(([, t]) => t / 25)));
        for (const { grad } of [loss(a, right(0)), smooth(a, right(0)), loss(a, y), smooth(a, y)])
          expect(Math.abs([...grad.data].reduce((sum, g) => sum + g, 0))).toBeLessThan(1e-14);
      }),
    );
  });

  test("of one class is 0, and so is its gradient", () => {
    expect(of(loss, column(1e4, -3), Int32Array.of(0, 0))).toEqual([0, 0, 0]);
    expect(of(smooth, column(1e4, -3), column(1, 1))).toEqual([0, 0, 0]);
  });

  test("is NaN where a logit is NaN or Infinity, in the gradient of that row alone", () => {
    for (const a of [nan, infinity]) {
      expect(of(loss, row(a, 0), right(0))).toEqual([nan, nan, nan]);
      expect(of(loss, row(a, 0), right(1))).toEqual([nan, nan, nan]);
      expect(of(loss, row(a, 0), row(0, 1))).toEqual([nan, nan, nan]);
      const two = { shape: [2, 2], data: Float64Array.of(0, 0, a, 0) } as const;
      expect(of(loss, two, Int32Array.of(0, 0))).toEqual([nan, -0.25, 0.25, nan, nan]);
    }
    expect(of(loss, row(-infinity, -infinity), right(0))).toEqual([nan, nan, nan]);
  });

  test("takes a logit of -Infinity for a class ruled out", () => {
    expect(of(loss, row(0, -infinity), right(0))).toEqual([0, 0, 0]);
    expect(of(loss, row(0, -infinity), row(1, 0))).toEqual([0, 0, 0]);
    expect(of(loss, row(0, -infinity), right(1))).toEqual([infinity, 1, -1]);
    expect(of(smooth, row(0, -infinity), right(0))).toEqual([infinity, 0.25, -0.25]);
  });

  test("has the gradient of its loss where the targets do not quite sum to 1", () => {
    const y = row(0.60004, 0.4);
    const { grad } = loss(row(0, 0), y);
    expectAllClose(grad.data, [0.50002 - 0.60004, 0.50002 - 0.4], { relative: 1e-12 });
  });
});

describe("sigmoidCrossEntropy()", () => {
  const loss = sigmoidCrossEntropy();

  test("is exact at logits of ±1e4", () => {
    expect(of(loss, row(1e4), right(1))).toEqual([0, 0]);
    expect(of(loss, row(1e4), right(0))).toEqual([1e4, 1]);
    expect(of(loss, row(-1e4), right(1))).toEqual([1e4, -1]);
    expect(of(loss, row(-1e4), right(0))).toEqual([0, 0]);
    expect(of(loss, row(1e4, -1e4), row(0.5, 0.25))).toEqual([3750, 0.25, -0.125]);
  });

  test("keeps the digits of a small loss", () => {
    expectAllClose([loss(row(50), right(1)).loss], [Math.exp(-50)], {
      relative: 1e-12,
      absolute: 0,
    });
  });

  test("of an infinite logit is 0 where the target is sure of the same, and Infinity elsewhere", () => {
    expect(of(loss, row(infinity), right(1))).toEqual([0, 0]);
    expect(of(loss, row(infinity), right(0))).toEqual([infinity, 1]);
    expect(of(loss, row(infinity), row(0.5))).toEqual([infinity, 0.5]);
    expect(of(loss, row(-infinity), right(1))).toEqual([infinity, -1]);
    expect(of(loss, row(-infinity), right(0))).toEqual([0, 0]);
    expect(of(loss, row(nan), right(1))).toEqual([nan, nan]);
    expect(of(loss, row(nan), right(0))).toEqual([nan, nan]);
  });
});

describe("meanSquaredError()", () => {
  test("is exact at ±1e4, and passes infinities and NaN on", () => {
    const loss = meanSquaredError();
    expect(of(loss, row(1e4, -1e4), row(-1e4, -1e4))).toEqual([2e8, 2e4, 0]);
    expect(of(loss, row(infinity, 0), row(1, 0))).toEqual([infinity, infinity, 0]);
    expect(of(loss, row(-infinity, 0), row(1, 0))).toEqual([infinity, -infinity, 0]);
    expect(of(loss, row(nan, 0), row(1, 0))).toEqual([nan, nan, 0]);
  });
});

describe("negativeLogLikelihood()", () => {
  const loss = negativeLogLikelihood();

  test("is 0 of a sure and right probability, Infinity of a sure and wrong one", () => {
    expect(of(loss, row(1, 0), right(0))).toEqual([0, -1, 0]);
    expect(of(loss, row(1, 0), right(1))).toEqual([infinity, 0, -infinity]);
    expect(of(loss, column(1, 1), Int32Array.of(0, 0))).toEqual([0, -0.5, -0.5]);
  });

  test("followed by softmaxBackward is the gradient of softmaxCrossEntropy", () => {
    const logits = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    });
    const classes = fc.array(fc.nat(2), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(logits, classes, (logits, classes) => {
        const a: Matrix = { shape: [4, 3], data: Float64Array.from(logits) };
        const y = Int32Array.from(classes);
        const f = softmax(a);
        const slides = loss(f, y);
        const fused = softmaxCrossEntropy()(a, y);
        expectAllClose(softmaxBackward(f, slides.grad).data, fused.grad.data, {
          relative: 0,
          absolute: 1e-12,
        });
        expectAllClose([slides.loss], [fused.loss], { relative: 1e-12, absolute: 1e-12 });
      }),
      { numRuns: 500 },
    );
  });
});
