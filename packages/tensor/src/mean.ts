import { type ReduceOptions, type Reduction, reduce } from "./reduce.ts";
import type { Matrix, Tensor, Vector } from "./tensor.ts";

const averaging: Reduction = {
  start: 0,
  step: (total, entry) => total + entry,
  finish: (total, count) => total / count,
};

/**
 * The mean of all entries, or along an axis: their sum, divided once.
 *
 * Of nothing it is NaN.
 *
 * @param x Of any shape; for an axis, [rows, columns].
 * @param options Which axis goes: 0 gives one entry for each column, 1 one for each row.
 * @returns A number; for an axis, a vector of the dtype of `x`.
 * @throws {ShapeError} when `x` is not of rank 2 and an axis is given.
 * @throws {RangeError} when the axis is neither 0 nor 1.
 * @see PyTorch `mean`, whose `dim` is this axis.
 * @example
 * mean(matrix([[1, 2], [3, 4]])) // => 2.5
 * mean(matrix([[1, 2], [3, 4]]), { axis: 1 }) // => vector([1.5, 3.5])
 */
export function mean(x: Tensor): number;
export function mean(x: Matrix, options: ReduceOptions): Vector;
export function mean(x: Tensor, options?: ReduceOptions): number | Vector {
  return reduce("mean", averaging, x, options);
}
