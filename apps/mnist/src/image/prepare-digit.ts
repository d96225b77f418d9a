import { type Ink, inkOf } from "./ink-of.ts";
import type { Picture } from "./read-png.ts";
import { resample } from "./resample.ts";

export const SIDE = 28;
const BOX = 20;
const CENTRE = 14.5; // the middle of pixel 14: where the centres of mass of MNIST's images lie, within 1/2
const FAINT = 0.1; // less than this share of the strongest ink is a shade of the background

/**
 * Makes of a picture what MNIST would have made of it: 28 x 28 bytes, ink light on 0.
 *
 * Its ink is cut out, scaled into a box of 20 x 20 keeping its proportions, and set down so that its
 * centre of mass comes to the centre of the field, as far as the border allows. Undefined without ink.
 *
 * @see LeCun, Cortes and Burges, The MNIST database: "the images were centered in a 28x28 image by
 *   computing the center of mass of the pixels, and translating the image so as to position this
 *   point at the center of the 28x28 field"
 */
export function prepareDigit(picture: Picture): Uint8Array | undefined {
  const ink = inkOf(picture);
  if (!ink) return undefined;
  const cut = cropToInk(ink);
  const scale = BOX / Math.max(cut.width, cut.height);
  const fit = (length: number): number => Math.max(1, Math.round(length * scale));
  const box = resample(cut, fit(cut.width), fit(cut.height));
  const strongest = Math.max(...box.data); // thin strokes fade when they shrink
  const [left, top] = placeByMass(box);
  const image = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < box.height; y++)
    for (let x = 0; x < box.width; x++)
      image[(top + y) * SIDE + left + x] = Math.round(
        (255 * box.data[y * box.width + x]!) / strongest,
      );
  return image;
}

function cropToInk({ width, height, data }: Ink): Ink {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (data[y * width + x]! >= FAINT) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = y;
      }
  const [w, h] = [right - left + 1, bottom - top + 1];
  const cut = new Float64Array(w * h);
  for (let y = 0; y < h; y++)
    cut.set(data.subarray((top + y) * width + left, (top + y) * width + right + 1), y * w);
  return { width: w, height: h, data: cut };
}

/** Where the box goes for its centre of mass to come to the centre of the field. */
function placeByMass({ width, height, data }: Ink): readonly [left: number, top: number] {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const ink = data[y * width + x]!;
      mass += ink;
      sumX += ink * (x + 0.5);
      sumY += ink * (y + 0.5);
    }
  const place = (centre: number, length: number): number =>
    Math.min(SIDE - length, Math.max(0, Math.round(CENTRE - centre)));
  return [place(sumX / mass, width), place(sumY / mass, height)];
}
