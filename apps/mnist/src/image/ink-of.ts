import type { Picture } from "./read-png.ts";

/** A grey picture of ink: 0 is background, 1 the strongest ink. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

const LEAST_CONTRAST = 0.1; // between background and ink, of the way from black to white

/**
 * Ink on its background, as MNIST has it: ink light, background 0. Undefined when there is no ink.
 *
 * The background is the median along the border; ink is what differs from it, in the direction in
 * which the picture differs most, so that dark on light and light on dark come out alike. Transparency
 * shows white, or black where what can be seen is light itself.
 */
export function inkOf(picture: Picture): Ink | undefined {
  const { width, height } = picture;
  const grey = greyOf(picture);
  const background = medianOfBorder(grey, width, height);
  let [darkest, lightest] = [1, 0];
  for (const value of grey) {
    darkest = Math.min(darkest, value);
    lightest = Math.max(lightest, value);
  }
  const [darker, lighter] = [background - darkest, lightest - background];
  const sign = darker > lighter ? -1 : 1;
  const range = Math.max(darker, lighter);
  if (range < LEAST_CONTRAST) return undefined;
  const data = grey.map((value) => Math.max(0, (sign * (value - background)) / range));
  return { width, height, data };
}

/** Luminance in [0, 1] (ITU-R BT.601), on white or on black. */
function greyOf({ width, height, rgba }: Picture): Float64Array {
  const luminance = new Float64Array(width * height);
  let [covered, sum] = [0, 0];
  for (let i = 0; i < luminance.length; i++) {
    const at = 4 * i;
    const alpha = rgba[at + 3]! / 255;
    luminance[i] = (0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!) / 255;
    covered += alpha;
    sum += alpha * luminance[i]!;
  }
  const behind = covered > 0 && sum / covered > 0.5 && covered < luminance.length ? 0 : 1;
  return luminance.map((value, i) => {
    const alpha = rgba[4 * i + 3]! / 255;
    return alpha * value + (1 - alpha) * behind;
  });
}

function medianOfBorder(grey: Float64Array, width: number, height: number): number {
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(grey[x]!, grey[(height - 1) * width + x]!);
  for (let y = 0; y < height; y++) border.push(grey[y * width]!, grey[y * width + width - 1]!);
  return Float64Array.from(border).sort()[border.length >> 1]!;
}
