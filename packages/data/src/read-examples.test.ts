import { describe, expect, test } from "vitest";
import { readExamples } from "./read-examples.ts";
import { writeIdx } from "./write-idx.ts";

const images = writeIdx({ shape: [2, 1, 3], data: Uint8Array.of(0, 128, 255, 255, 128, 0) });
const labels = writeIdx({ shape: [2], data: Uint8Array.of(7, 2) });

describe("readExamples()", () => {
  test("gives pixels as bytes, labels as classes, and the size of an image", async () => {
    expect(await readExamples({ images, labels })).toEqual({
      x: { shape: [2, 3], data: Uint8Array.of(0, 128, 255, 255, 128, 0) },
      y: Int32Array.of(7, 2),
      height: 1,
      width: 3,
    });
  });

  test("notices swapped files and files of different parts", async () => {
    const names = { images: "train-images", labels: "t10k-labels" };
    await expect(
      readExamples({ images: labels, labels: images }, { names }),
    ).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects magic number 2051 at the start of train-images, but found 2049: this is a label file]`,
    );
    const three = writeIdx({ shape: [3], data: Uint8Array.of(7, 2, 1) });
    await expect(readExamples({ images, labels: three }, { names })).rejects.toMatchInlineSnapshot(
      `[RangeError: readExamples() expects one label for each of the 2 images in train-images, but t10k-labels has 3: are both of the same part?]`,
    );
    await expect(readExamples({ images, labels: images })).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects magic number 2049 at the start of labels, but found 2051: this is an image file]`,
    );
    await expect(readExamples({ images, labels }, { maxBytes: 10 })).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects at most 10 bytes, but images has 22: raise maxBytes if you trust the file]`,
    );
  });
});
