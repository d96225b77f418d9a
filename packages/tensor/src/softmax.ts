import type { Definition, FloatArray } from "./backend.ts";
import { checkTensor } from "./check-tensor.ts";
import { define } from "./define.ts";
import { floatArray } from "./float-array.ts";
import type { Matrix } from "./tensor.ts";

/**
 * out[i,j] = e^a[i,j] / sum over c of e^a[i,c]; `out` may be `a`.
 *
 * The greatest entry of a row is taken out first, so logits of any finite size are safe. A row with
 * a NaN or Infinity, or of nothing but -Infinity, becomes NaN; -Infinity beside a number becomes 0.
 * Nothing is checked.
 *
 * @see `softmax`, which checks shapes.
 * @example
 * const a = Float32Array.of(0, 0, 1e4, -1e4);
 * softmaxRows(a, a, 2, 2);
 * a // => Float32Array.of(0.5, 0.5, 1, 0)
 */
export const softmaxRows: Definition<
  [out: FloatArray, a: FloatArray, rows: number, columns: number]
> = define("softmaxRows", (out, a, rows, columns) => {
  for (let start = 0; start < rows * columns; start += columns) {
    const end = start + columns;
    let max = -Infinity;
    for (let j = start; j < end; j++) max = Math.max(max, a[j]!);
    let sum = 0;
    for (let j = start; j < end; j++) {
      const e = Math.exp(a[j]! - max);
      sum += e;
      out[j] = e;
    }
    for (let j = start; j < end; j++) out[j]! /= sum;
  }
});

/**
 * Softmax by row: f_j = e^a_j / sum over c of e^a_c, the predicted probabilities of each example.
 *
 * @param a Pre-activations of the output layer (logits), [batch, classes]. Any finite size is safe.
 * @returns Probabilities, [batch, classes]: each row is positive and sums to 1, but for rounding. A row
 *   with a NaN or Infinity, or of nothing but -Infinity, is NaN.
 * @throws {ShapeError} when `a` is not of rank 2.
 * @see Larochelle, Neural networks 1.4; PyTorch `softmax` with dim 1.
 * @example
 * softmax(matrix([[0, 0], [1e4, -1e4]])).data // => Float32Array.of(0.5, 0.5, 1, 0)
 */
export function softmax(a: Matrix): Matrix {
  const f = floatArray(checkTensor("softmax", "a", a, 2), a.data.length);
  softmaxRows(f, a.data, a.shape[0], a.shape[1]); // f(x) = o(a(L+1)) = softmax(a)
  return { shape: a.shape, data: f };
}
