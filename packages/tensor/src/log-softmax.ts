import { checkTensor } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import { logSumExpAbove, maxOfRow } from "./log-sum-exp.ts";
import type { Matrix } from "./tensor.ts";

/**
 * Log-softmax by row: log f_j = a_j - log sum over c of e^a_c, exact where log(softmax(a)) is -Infinity.
 *
 * @param a Pre-activations of the output layer (logits), [batch, classes]. Any finite size is safe.
 * @returns Logarithms of probabilities, [batch, classes], at most 0. A row with a NaN or
 *   Infinity, or of nothing but -Infinity, is NaN.
 * @throws {ShapeError} when `a` is not of rank 2.
 * @see PyTorch `log_softmax` with dim 1.
 * @example
 * logSoftmax(matrix([[1e4, -1e4]])).data // => Float32Array.of(0, -20000)
 */
export function logSoftmax(a: Matrix): Matrix {
  const out = floatArray(checkTensor("logSoftmax", "a", a, 2), a.data.length);
  const [rows, columns] = a.shape;
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    const max = maxOfRow(a.data, start, columns);
    const logSum = logSumExpAbove(max, a.data, start, columns);
    for (let j = start; j < start + columns; j++) out[j] = a.data[j]! - max - logSum; // max + logSum would round
  }
  return { shape: a.shape, data: out };
}
