import type { FloatArray } from "./backend.ts";
import { checkTensor } from "./check-tensor.ts";
import { floatArray } from "./float-array.ts";
import type { Matrix, Vector } from "./tensor.ts";

/**
 * log sum over j of e^a[j], of `length` entries from `offset`.
 *
 * The greatest entry is taken out first, so no finite logit overflows. All -Infinity gives
 * -Infinity, any Infinity gives Infinity, NaN gives NaN, and no entries give -Infinity. Nothing is checked:
 * definitions call it in their loops.
 *
 * @example
 * logSumExpRow(Float64Array.of(7, 0, 0), 1, 2) // => 0.693147
 */
export function logSumExpRow(a: FloatArray, offset: number, length: number): number {
  const max = maxOfRow(a, offset, length);
  return Number.isFinite(max) ? max + logSumExpAbove(max, a, offset, length) : max; // NaN, Infinity, or nothing above -Infinity
}

/** The greatest of `length` entries from `offset`; NaN where there is one, -Infinity of none. */
export function maxOfRow(a: FloatArray, offset: number, length: number): number {
  let max = -Infinity;
  for (let j = 0; j < length; j++) max = Math.max(max, a[offset + j]!);
  return max;
}

/** log sum over j of e^(a[j] - max): what log-sum-exp is above the greatest entry. */
export function logSumExpAbove(max: number, a: FloatArray, offset: number, length: number): number {
  let sum = 0;
  for (let j = 0; j < length; j++) sum += Math.exp(a[offset + j]! - max);
  return Math.log(sum);
}

/**
 * The logarithm of the sum of each row's exponentials: log sum over c of e^a_c, a smooth greatest entry.
 *
 * The greatest entry is taken out first, so logits of any finite size are safe.
 *
 * @param a Logits, [batch, classes].
 * @returns One number a row, [batch]: at least the greatest entry. A row with a NaN is NaN; a row of no
 *   entries is -Infinity.
 * @throws {ShapeError} when `a` is not of rank 2.
 * @see PyTorch `logsumexp` with dim 1.
 * @example
 * logSumExp(matrix([[1e4, 1e4], [0, 0]])).data // => Float32Array.of(10000.693147, 0.693147)
 */
export function logSumExp(a: Matrix): Vector {
  const dtype = checkTensor("logSumExp", "a", a, 2);
  const [rows, columns] = a.shape;
  const data = floatArray(dtype, rows);
  for (let i = 0; i < rows; i++) data[i] = logSumExpRow(a.data, i * columns, columns);
  return { shape: [rows], data };
}
