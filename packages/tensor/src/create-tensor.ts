import { checkShape, kindOf } from "./check-tensor.ts";
import { type CreateOptions, numbers } from "./create.ts";
import { ShapeError } from "./shape-error.ts";
import { size } from "./size.ts";
import type { Shape, TensorOf } from "./tensor.ts";

/**
 * A tensor of any shape from its entries, the last axis moving fastest.
 *
 * The numbers are copied. A tensor is plain data: `{ shape, data }` makes one over floats as they are.
 *
 * @param shape The length along each axis, whole numbers of 0 or more.
 * @param data As many numbers as the lengths multiply to. NaN and the infinities are numbers.
 * @throws {TypeError} when `shape` or `data` is not an array, or an entry is not a number.
 * @throws {ShapeError} when `data` has another length than `shape` asks for.
 * @throws {RangeError} when a length is not a whole number of 0 or more, or the dtype is neither.
 * @see PyTorch `torch.tensor(data).reshape(shape)`.
 * @example
 * tensor([2, 1, 2], [1, 2, 3, 4]).data // => Float32Array.of(1, 2, 3, 4)
 */
export function tensor<const S extends Shape>(
  shape: S,
  data: ArrayLike<number>,
  options: CreateOptions = {},
): TensorOf<S> {
  const copy = copyShape("tensor", shape);
  const entries = numbers("tensor", "data", data, options);
  if (entries.length !== size(copy))
    throw new ShapeError(
      `tensor() expects ${size(copy)} entries for [${copy.join(", ")}], but data holds ${entries.length}`,
    );
  return { shape: copy, data: entries };
}

/** A copy of a shape, checked. */
export function copyShape<S extends Shape>(
  caller: string,
  shape: S,
): { readonly [K in keyof S]: number } {
  if (!Array.isArray(shape))
    throw new TypeError(
      `${caller}() expects shape as an array of lengths, but shape is ${kindOf(shape)}`,
    );
  checkShape(caller, "shape", shape);
  return shape.slice() as unknown as { readonly [K in keyof S]: number };
}
