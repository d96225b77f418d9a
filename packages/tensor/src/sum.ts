import { type ReduceOptions, type Reduction, reduce } from "./reduce.ts";
import type { Matrix, Tensor, Vector } from "./tensor.ts";

const addition: Reduction = { start: 0, step: (total, entry) => total + entry };

/**
 * The sum of all entries, or along an axis, in doubles and in index order.
 *
 * Of nothing it is 0.
 *
 * @param x Of any shape; for an axis, [rows, columns].
 * @param options Which axis goes: 0 gives one entry for each column, 1 one for each row.
 * @returns A number; for an axis, a vector of the dtype of `x`.
 * @throws {ShapeError} when `x` is not of rank 2 and an axis is given.
 * @throws {RangeError} when the axis is neither 0 nor 1.
 * @see PyTorch `sum`, whose `dim` is this axis.
 * @example
 * sum(matrix([[1, 2], [3, 4]])) // => 10
 * sum(matrix([[1, 2], [3, 4]]), { axis: 0 }) // => vector([4, 6])
 */
export function sum(x: Tensor): number;
export function sum(x: Matrix, options: ReduceOptions): Vector;
export function sum(x: Tensor, options?: ReduceOptions): number | Vector {
  return reduce("sum", addition, x, options);
}
