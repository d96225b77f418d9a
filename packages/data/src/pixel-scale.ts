import type { Standardiser } from "@feedforward/tensor";

/**
 * Takes bytes to [0, 1]: (x - 0) / 255 in every column. Nothing is learned from the data.
 *
 * @param columns The number of pixels of an image.
 * @returns mean 0 and std 255, [columns] each.
 * @throws {RangeError} when `columns` is no integer from 0.
 * @example
 * const { mean, std } = pixelScale(2);
 * [...mean] // => [0, 0]
 * [...std] // => [255, 255]
 */
export function pixelScale(columns: number): Standardiser {
  if (!Number.isInteger(columns) || columns < 0)
    throw new RangeError(`pixelScale() expects an integer from 0, but columns is ${columns}`);
  return { mean: new Float64Array(columns), std: new Float64Array(columns).fill(255) };
}
