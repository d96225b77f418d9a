import { type CreateOptions, numbers } from "./create.ts";
import type { Vector } from "./tensor.ts";

/**
 * A tensor of rank 1 from its entries, which are copied.
 *
 * @param values Numbers. NaN and the infinities are numbers.
 * @throws {TypeError} when `values` is not an array, or an entry is not a number.
 * @throws {RangeError} when the dtype is neither.
 * @see PyTorch `torch.tensor(values)`.
 * @example
 * vector([1, 2, 3]) // => { shape: [3], data: Float32Array.of(1, 2, 3) }
 */
export function vector(values: ArrayLike<number>, options: CreateOptions = {}): Vector {
  const data = numbers("vector", "values", values, options);
  return { shape: [data.length], data };
}
