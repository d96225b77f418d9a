import type { Ink } from "./ink-of.ts";

/**
 * Scales a picture without aliasing: each new pixel is a mean under a triangle as wide as two new
 * pixels or two old ones, whichever is wider. Enlarging is thus linear interpolation.
 *
 * @see PyTorch `interpolate` with `mode="bilinear", antialias=True`, and Pillow's BILINEAR: the same filter
 */
export function resample({ width, height, data }: Ink, toWidth: number, toHeight: number): Ink {
  const wide = resampleRows(data, height, width, toWidth);
  const tall = resampleRows(transpose(wide, height, toWidth), toWidth, height, toHeight);
  return { width: toWidth, height: toHeight, data: transpose(tall, toWidth, toHeight) };
}

function resampleRows(data: Float64Array, rows: number, from: number, to: number): Float64Array {
  const out = new Float64Array(rows * to);
  const scale = from / to;
  const reach = Math.max(scale, 1);
  for (let x = 0; x < to; x++) {
    const centre = (x + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach));
    const last = Math.min(from - 1, Math.ceil(centre + reach));
    let total = 0;
    for (let i = first; i <= last; i++) {
      const weight = Math.max(0, 1 - Math.abs(i + 0.5 - centre) / reach);
      total += weight;
      for (let r = 0; r < rows; r++) out[r * to + x]! += weight * data[r * from + i]!;
    }
    for (let r = 0; r < rows; r++) out[r * to + x]! /= total;
  }
  return out;
}

function transpose(data: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(data.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) out[c * rows + r] = data[r * columns + c]!;
  return out;
}
