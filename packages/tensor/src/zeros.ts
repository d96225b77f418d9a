import type { CreateOptions } from "./create.ts";
import { copyShape } from "./create-tensor.ts";
import { checkDtype, floatArray } from "./float-array.ts";
import { size } from "./size.ts";
import type { Shape, TensorOf } from "./tensor.ts";

/**
 * A tensor of zeros.
 *
 * @param shape The length along each axis, whole numbers of 0 or more.
 * @throws {TypeError} when `shape` is not an array.
 * @throws {RangeError} when a length is not a whole number of 0 or more, or the dtype is neither.
 * @see PyTorch `zeros`.
 * @example
 * zeros([2, 3]).data.length // => 6
 */
export function zeros<const S extends Shape>(
  shape: S,
  { dtype = "float32" }: CreateOptions = {},
): TensorOf<S> {
  checkDtype("zeros", dtype);
  const copy = copyShape("zeros", shape);
  return { shape: copy, data: floatArray(dtype, size(copy)) };
}
