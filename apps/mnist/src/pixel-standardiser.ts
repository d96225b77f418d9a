import { pixelScale } from "@feedforward/data";
import type { Rows, Standardiser } from "@feedforward/tensor";

/**
 * Subtracts the mean of all pixels and divides by their standard deviation, the same for each place.
 *
 * Place by place would blow up the pixels at the border, which are black in nearly every image.
 *
 * @param x The training images alone, [images, pixels], bytes.
 * @returns mean and std of each place, [pixels] each; where all pixels are alike, those of `pixelScale`.
 */
export function pixelStandardiser({ shape: [, pixels], data }: Rows): Standardiser {
  let [sum, squares] = [0, 0]; // whole numbers below 2^53: exact
  for (let i = 0; i < data.length; i++) {
    sum += data[i]!;
    squares += data[i]! * data[i]!;
  }
  const mean = sum / data.length;
  const std = Math.sqrt(squares / data.length - mean * mean);
  if (!(std > 0)) return pixelScale(pixels);
  return { mean: new Float64Array(pixels).fill(mean), std: new Float64Array(pixels).fill(std) };
}
