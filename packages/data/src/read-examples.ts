import type { Examples, Rows } from "@feedforward/tensor";
import { readIdx } from "./read-idx.ts";

/** Images as rows of pixels, [images, height * width], and the class of each. */
export interface ImageExamples extends Examples<Int32Array> {
  readonly x: Rows & { readonly data: Uint8Array };
  readonly height: number;
  readonly width: number;
}

/** Options of `readExamples`. */
export interface ReadExamplesOptions {
  /** What errors call the two files. */
  readonly names?: { readonly images: string; readonly labels: string };
  /** The most bytes that each file may have, unpacked. 1 GiB by default. */
  readonly maxBytes?: number;
}

/**
 * Reads a data set of images from its two IDX files, as MNIST and Fashion-MNIST come.
 *
 * Pixels stay bytes: 60,000 images of 28 x 28 take 47 MB.
 *
 * @param files The files, raw or .gz: `images` of uint8 [images, height, width] with magic number
 *   2051, `labels` of uint8 [images] with magic number 2049.
 * @returns x, [images, height * width]; y, the class of each image; the height and width in pixels.
 * @throws {RangeError} when there is another number of labels than of images; and what `readIdx` throws.
 * @see LeCun, Cortes and Burges, The MNIST database
 * @example
 * const images = writeIdx({ shape: [2, 1, 3], data: Uint8Array.of(0, 128, 255, 255, 128, 0) });
 * const labels = writeIdx({ shape: [2], data: Uint8Array.of(7, 2) });
 * const digits = await readExamples({ images, labels });
 * digits.x.shape // => [2, 3]
 * [...digits.y] // => [7, 2]
 */
export async function readExamples(
  files: { readonly images: Uint8Array; readonly labels: Uint8Array },
  { names = { images: "images", labels: "labels" }, ...limits }: ReadExamplesOptions = {},
): Promise<ImageExamples> {
  const images = await readIdx(files.images, { ...limits, name: names.images, magic: 2051 });
  const labels = await readIdx(files.labels, { ...limits, name: names.labels, magic: 2049 });
  const [count, height, width] = images.shape as readonly [number, number, number];
  if (labels.data.length !== count)
    throw new RangeError(
      `readExamples() expects one label for each of the ${count} images in ${names.images}, but ${names.labels} has ${labels.data.length}: are both of the same part?`,
    );
  return {
    x: { shape: [count, height * width], data: images.data as Uint8Array },
    y: Int32Array.from(labels.data),
    height,
    width,
  };
}
