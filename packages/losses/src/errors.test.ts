import type { Matrix } from "@feedforward/tensor";
import { describe, expect, test } from "vitest";
import {
  meanSquaredError,
  negativeLogLikelihood,
  sigmoidCrossEntropy,
  softmaxCrossEntropy,
} from "./index.ts";

// What JavaScript may pass, where the types forbid it.
const refused = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return "accepted";
};
const matrix = (rows: number, columns: number, ...data: number[]): Matrix => ({
  shape: [rows, columns],
  data: Float32Array.from(data),
});
const a = matrix(2, 3, 1, 2, 3, 4, 5, 6);

describe("softmaxCrossEntropy()", () => {
  const loss = softmaxCrossEntropy();
  const options = (value: unknown): string => refused(() => softmaxCrossEntropy(value as never));
  const targets = (y: unknown): string => refused(() => loss(a, y as never));
  const input = (a: unknown): string => refused(() => loss(a as never, Int32Array.of(0, 1)));

  test("refuses a smoothing outside [0, 1], and what is no number", () => {
    expect(options({ labelSmoothing: 1.5 })).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects labelSmoothing to be in [0, 1], but labelSmoothing is 1.5"`,
    );
    expect(options({ labelSmoothing: -0.1 })).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects labelSmoothing to be in [0, 1], but labelSmoothing is -0.1"`,
    );
    expect(options({ labelSmoothing: Number.NaN })).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects labelSmoothing to be number, but labelSmoothing is NaN"`,
    );
    expect(options({ labelSmoothing: "0.1" })).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects labelSmoothing to be number, but labelSmoothing is 0.1"`,
    );
    expect(options(0.1)).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects labelSmoothing to be number, but labelSmoothing is undefined"`,
    );
    expect(options(null)).toContain("labelSmoothing is undefined");
    expect(options({ labelSmoothing: undefined })).toBe("accepted");
  });

  test("names the row and the class that is out of range", () => {
    expect(targets(Int32Array.of(0, 3))).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects y[1] to be in [0, 3), but y[1] is 3"`,
    );
    expect(targets(Int32Array.of(-1, 0))).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects y[0] to be in [0, 3), but y[0] is -1"`,
    );
  });

  test("names the row that is no distribution, and shows it", () => {
    expect(targets(matrix(2, 3, 1, 0, 0, 0.5, 0.25, 0.125))).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects y[1] to be in [0, 1], of sum 1, but y[1] is 0.5,0.25,0.125"`,
    );
    expect(targets(matrix(2, 3, 1, 0, 0, -0.5, 1.5, 0))).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects y[1] to be in [0, 1], of sum 1, but y[1] is -0.5,1.5,0"`,
    );
    expect(targets(matrix(2, 3, 1, 0, 0, 0, 1, Number.NaN))).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects y[1] to be in [0, 1], of sum 1, but y[1] is 0,1,NaN"`,
    );
    expect(targets(matrix(2, 3, 1, 0, 0, 0, 1, Number.POSITIVE_INFINITY))).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects y[1] to be in [0, 1], of sum 1, but y[1] is 0,1,Infinity"`,
    );
    expect(targets(matrix(2, 3, 1, 0, 0, 0.50009, 0.5, 0))).toBe("accepted");
    expect(targets(matrix(2, 3, 1, 0, 0, 0.50011, 0.5, 0))).toContain("y[1] is 0.5001");
  });

  test("refuses targets of another length or shape", () => {
    expect(targets(Int32Array.of(0, 1, 2))).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Int32Array, length 3, shape undefined"`,
    );
    expect(targets(matrix(2, 2, 1, 0, 0, 1))).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Float32Array, length 4, shape 2,2"`,
    );
    expect(targets(matrix(1, 3, 1, 0, 0))).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Float32Array, length 3, shape 1,3"`,
    );
    expect(targets(matrix(2, 3, 1, 0, 0))).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Float32Array, length 3, shape 2,3"`,
    );
    expect(targets({ shape: [6], data: a.data })).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Float32Array, length 6, shape 6"`,
    );
  });

  test("refuses targets of another kind", () => {
    expect(targets([0, 1])).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Array, length 2, shape undefined"`,
    );
    expect(targets(Float32Array.of(0, 1))).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Float32Array, length 2, shape undefined"`,
    );
    expect(targets(Uint8Array.of(0, 1))).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Uint8Array, length 2, shape undefined"`,
    );
    expect(targets({ shape: [2, 3], data: [1, 0, 0, 0, 1, 0] })).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Array, length 6, shape 2,3"`,
    );
    expect(targets({ shape: 2, data: a.data })).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Float32Array, length 6, shape 2"`,
    );
    expect(targets({})).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Object, length undefined, shape undefined"`,
    );
    for (const shape of [undefined, null, [], 2, [2], [2, 3]])
      expect(targets({ shape, data: Int32Array.of(0, 1) })).toContain("ShapeError");
    expect(targets({ data: Int32Array.of(0, 1) })).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Int32Array, length 2, shape "`,
    );
    expect(targets("cat")).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is String, length 3, shape undefined"`,
    );
    expect(targets(1)).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Number, length undefined, shape undefined"`,
    );
    expect(targets(null)).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Null, length undefined, shape undefined"`,
    );
    expect(targets(undefined)).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Undefined, length undefined, shape undefined"`,
    );
    expect(targets(Object.create(null))).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Object, length undefined, shape undefined"`,
    );
  });

  test("refuses logits that are no matrix, or empty", () => {
    expect(input([1, 2])).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects a to be Float32Array, length 2, shape 2,1 | Float64Array, length 2, shape 2,1, but a is Array, length 2, shape undefined"`,
    );
    expect(input(undefined)).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects a to be Float32Array, length 1, shape 1,1 | Float64Array, length 1, shape 1,1, but a is Undefined, length undefined, shape undefined"`,
    );
    expect(input({ shape: [2, 1], data: [1, 2] })).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects a to be Float32Array, length 2, shape 2,1 | Float64Array, length 2, shape 2,1, but a is Array, length 2, shape 2,1"`,
    );
    expect(input({ shape: [2], data: Float32Array.of(1, 2) })).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects a to be Float32Array, length 2, shape 2,1 | Float64Array, length 2, shape 2,1, but a is Float32Array, length 2, shape 2"`,
    );
    expect(input({ shape: [2, 2], data: Float32Array.of(1, 2) })).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects a to be Float32Array, length 4, shape 2,2 | Float64Array, length 4, shape 2,2, but a is Float32Array, length 2, shape 2,2"`,
    );
    expect(input({ shape: [-1, -2], data: Float32Array.of(1, 2) })).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects a to be Float32Array, length 2, shape 1,2 | Float64Array, length 2, shape 1,2, but a is Float32Array, length 2, shape -1,-2"`,
    );
    expect(input({ shape: [4, 0.5], data: Float32Array.of(1, 2) })).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects a to be Float32Array, length 4, shape 4,1 | Float64Array, length 4, shape 4,1, but a is Float32Array, length 2, shape 4,0.5"`,
    );
    for (const shape of [[2, 1, 1], [1, 1], [2, 2], [], [2, Number.NaN]])
      expect(input({ shape, data: Float32Array.of(1, 2) })).toContain("ShapeError");
    expect(input({ shape: [0, 3], data: new Float32Array(0) })).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects a to be Float32Array, length 3, shape 1,3 | Float64Array, length 3, shape 1,3, but a is Float32Array, length 0, shape 0,3"`,
    );
  });

  test("has a check of its own for all the targets of a training set", () => {
    expect(refused(() => loss.check(Int32Array.of(0, 2), 2))).toMatchInlineSnapshot(
      `"RangeError: softmaxCrossEntropy() expects y[1] to be in [0, 2), but y[1] is 2"`,
    );
    expect(refused(() => loss.check(a, 2))).toMatchInlineSnapshot(
      `"ShapeError: softmaxCrossEntropy() expects y to be Int32Array, length 2, shape undefined | Float32Array, length 4, shape 2,2 | Float64Array, length 4, shape 2,2, but y is Float32Array, length 6, shape 2,3"`,
    );
    expect(refused(() => loss.check([0] as never, 2))).toMatchInlineSnapshot(
      `"TypeError: softmaxCrossEntropy() expects y to be Int32Array, length 1, shape undefined | Float32Array, length 2, shape 1,2 | Float64Array, length 2, shape 1,2, but y is Array, length 1, shape undefined"`,
    );
    expect(refused(() => loss.check(Int32Array.of(0, 1), 2))).toBe("accepted");
  });
});

describe("sigmoidCrossEntropy()", () => {
  const loss = sigmoidCrossEntropy();
  const two = matrix(2, 1, 0, 0);

  test("names the target that is no probability, or neither 0 nor 1", () => {
    expect(refused(() => loss(two, matrix(2, 1, 0, 1.5)))).toMatchInlineSnapshot(
      `"RangeError: sigmoidCrossEntropy() expects y[1, 0] to be in [0, 1], but y[1, 0] is 1.5"`,
    );
    expect(refused(() => loss(two, matrix(2, 1, Number.NaN, 1)))).toMatchInlineSnapshot(
      `"RangeError: sigmoidCrossEntropy() expects y[0, 0] to be in [0, 1], but y[0, 0] is NaN"`,
    );
    expect(refused(() => loss(two, Int32Array.of(0, 2)))).toMatchInlineSnapshot(
      `"RangeError: sigmoidCrossEntropy() expects y[1] to be in [0, 2), but y[1] is 2"`,
    );
    expect(refused(() => loss(two, Int32Array.of(-1, 1)))).toMatchInlineSnapshot(
      `"RangeError: sigmoidCrossEntropy() expects y[0] to be in [0, 2), but y[0] is -1"`,
    );
  });

  test("refuses classes for several outputs", () => {
    expect(refused(() => loss(a, Int32Array.of(0, 1)))).toMatchInlineSnapshot(
      `"ShapeError: sigmoidCrossEntropy() expects y to be probabilities, [2,3], but y is classes, which one output takes"`,
    );
  });
});

describe("meanSquaredError()", () => {
  const loss = meanSquaredError();

  test("names the target that is not finite", () => {
    expect(refused(() => loss(a, matrix(2, 3, 0, 0, 0, 0, Number.NaN, 0)))).toMatchInlineSnapshot(
      `"RangeError: meanSquaredError() expects y[1, 1] to be finite, but y[1, 1] is NaN"`,
    );
    expect(
      refused(() => loss(a, matrix(2, 3, 0, 0, Number.NEGATIVE_INFINITY, 0, 0, 0))),
    ).toMatchInlineSnapshot(
      `"RangeError: meanSquaredError() expects y[0, 2] to be finite, but y[0, 2] is -Infinity"`,
    );
  });

  test("refuses classes", () => {
    expect(refused(() => loss(a, Int32Array.of(0, 1) as never))).toMatchInlineSnapshot(
      `"TypeError: meanSquaredError() expects y to be Float32Array, length 6, shape 2,3 | Float64Array, length 6, shape 2,3, but y is Int32Array, length 2, shape undefined"`,
    );
  });
});

describe("negativeLogLikelihood()", () => {
  const loss = negativeLogLikelihood();
  const y = Int32Array.of(0, 1);

  test("names the row of f that holds no probabilities", () => {
    expect(refused(() => loss(matrix(2, 2, 0.5, 0.5, 0.5, 0.25), y))).toMatchInlineSnapshot(
      `"RangeError: negativeLogLikelihood() expects f[1] to be in [0, 1], of sum 1, but f[1] is 0.5,0.25"`,
    );
    expect(refused(() => loss(matrix(2, 2, 0.5, 0.5, -1, 2), y))).toMatchInlineSnapshot(
      `"RangeError: negativeLogLikelihood() expects f[1] to be in [0, 1], of sum 1, but f[1] is -1,2"`,
    );
    expect(refused(() => loss(matrix(2, 2, Number.NaN, 1, 0, 1), y))).toMatchInlineSnapshot(
      `"RangeError: negativeLogLikelihood() expects f[0] to be in [0, 1], of sum 1, but f[0] is NaN,1"`,
    );
  });

  test("refuses an empty f, a class out of range, and values", () => {
    expect(refused(() => loss(matrix(0, 2), y))).toMatchInlineSnapshot(
      `"ShapeError: negativeLogLikelihood() expects f to be Float32Array, length 2, shape 1,2 | Float64Array, length 2, shape 1,2, but f is Float32Array, length 0, shape 0,2"`,
    );
    expect(refused(() => loss(matrix(1, 2, 0, 1), Int32Array.of(2)))).toMatchInlineSnapshot(
      `"RangeError: negativeLogLikelihood() expects y[0] to be in [0, 2), but y[0] is 2"`,
    );
    expect(
      refused(() => loss(matrix(1, 2, 0, 1), matrix(1, 2, 0, 1) as never)),
    ).toMatchInlineSnapshot(
      `"TypeError: negativeLogLikelihood() expects y to be Int32Array, length 1, shape undefined, but y is Float32Array, length 2, shape 1,2"`,
    );
  });
});
