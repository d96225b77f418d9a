import { ShapeError } from "@feedforward/tensor";
import { describe, expect, test } from "vitest";
import { examples } from "./examples.ts";

describe("examples()", () => {
  test("packs rows of numbers into float64, and classes into integers", () => {
    expect(
      examples(
        [
          [0.1, 2],
          [3, 4],
          [5, 6],
        ],
        [2, 0, 1],
      ),
    ).toEqual({
      x: { shape: [3, 2], data: Float64Array.of(0.1, 2, 3, 4, 5, 6) },
      y: Int32Array.of(2, 0, 1),
    });
  });

  test("takes typed arrays as they are", () => {
    const x = { shape: [2, 1], data: Uint8Array.of(7, 8) } as const;
    const y = Int32Array.of(0, 1);
    const made = examples(x, y);
    expect(made.x).toBe(x);
    expect(made.y).toBe(y);
  });

  test("takes rows of values as targets", () => {
    expect(examples([[1], [2]], [[0.5], [0.25]]).y).toEqual({
      shape: [2, 1],
      data: Float64Array.of(0.5, 0.25),
    });
  });

  test("takes no examples at all", () => {
    expect(examples([], [])).toEqual({
      x: { shape: [0, 0], data: new Float64Array(0) },
      y: new Int32Array(0),
    });
  });

  test("names the row and column of a value that is not finite", () => {
    expect(() =>
      examples(
        [
          [1, 2],
          [3, Number.NaN],
        ],
        [0, 1],
      ),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: examples() expects finite values, but x[1][1] is NaN]`,
    );
    const x = { shape: [1, 2], data: Float32Array.of(1, Number.POSITIVE_INFINITY) } as const;
    expect(() => examples(x, [0])).toThrow("x[0][1] is Infinity");
    expect(() => examples([[1]], [[Number.NaN]])).toThrow("y[0][0] is NaN");
  });

  test("refuses lengths that do not fit", () => {
    expect(() => examples([[1, 2], [3]], [0, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: examples() expects 2 values in each row of x, but x[1] has 1]`,
    );
    expect(() => examples([[1], [2]], [0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: examples() expects a target for each of the 2 rows of x, but y has 1]`,
    );
    expect(() => examples([[1], [2]], [0, 1, 0])).toThrow("but y has 3");
    const x = { shape: [2, 2], data: Uint8Array.of(7, 8) } as const;
    expect(() => examples(x, [0, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: examples() expects x of [rows, columns] with as many values, but x is [2, 2] with 2]`,
    );
    expect(() => examples(x, [0, 1])).toThrow(ShapeError);
  });

  test("refuses what is no class, and says what to do with values", () => {
    expect(() => examples([[1], [2]], [0, 0.5])).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: examples() expects integer classes from 0, but y[1] is 0.5: give values to regress on as rows, [[0.5], …]]`,
    );
    expect(() => examples([[1]], [-1])).toThrow("y[0] is -1");
    expect(() => examples([[1]], [2 ** 31])).toThrow("y[0] is 2147483648");
    expect(() => examples([[1]], Int32Array.of(-1))).toThrow("y[0] is -1");
  });

  test("refuses what is no array of numbers", () => {
    expect(() =>
      examples(Int8Array.of(1) as unknown as number[][], [0]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: examples() expects rows of numbers or { shape, data } of uint8, float32 or float64, but x is an Int8Array]`,
    );
    expect(() => examples([[1]], undefined as unknown as number[])).toThrow("y is undefined");
    expect(() => examples([1, 2] as unknown as number[][], [0, 1])).toThrow(RangeError);
  });
});
