import { type ReduceOptions, type Reduction, reduce } from "./reduce.ts";
import type { Matrix, Tensor, Vector } from "./tensor.ts";

const maximum: Reduction = { start: -Infinity, step: Math.max };

/**
 * The greatest of all entries, or along an axis.
 *
 * One NaN makes it NaN. Of nothing it is -Infinity.
 *
 * @param x Of any shape; for an axis, [rows, columns].
 * @param options Which axis goes: 0 gives one entry for each column, 1 one for each row.
 * @returns A number; for an axis, a vector of the dtype of `x`.
 * @throws {ShapeError} when `x` is not of rank 2 and an axis is given.
 * @throws {RangeError} when the axis is neither 0 nor 1.
 * @see PyTorch `amax`, whose `dim` is this axis; it refuses to take the greatest of nothing.
 * @example
 * max(matrix([[1, 2], [3, 4]])) // => 4
 * max(matrix([[1, 2], [3, 4]]), { axis: 1 }) // => vector([2, 4])
 */
export function max(x: Tensor): number;
export function max(x: Matrix, options: ReduceOptions): Vector;
export function max(x: Tensor, options?: ReduceOptions): number | Vector {
  return reduce("max", maximum, x, options);
}
