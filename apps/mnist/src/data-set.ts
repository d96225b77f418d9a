import { type ImageExamples, split } from "@feedforward/data";
import type { Examples } from "@feedforward/tensor";
import { percent } from "./numbers.ts";
import { UserError } from "./user-error.ts";

/** Images to learn from, and images that are kept for the end. */
export interface DataSet {
  /** What the training images are, for people: "10,000 training images of MNIST". */
  readonly name: string;
  readonly train: ImageExamples;
  /** Reads the images of the final evaluation: only then, and once. */
  readonly test: () => Promise<ImageExamples>;
  /** "held-out" or "test". */
  readonly testName: string;
  /** What an accuracy on them may be called, in a sentence or two. */
  readonly caveat: string;
}

const SPLIT_SEED = 0; // fixed, so that runs of any seed are compared on the same images

/** Keeps a share of the training images for validation, of each class alike. */
export function withValidation(
  all: Examples<Int32Array>,
  share: number,
): { readonly train: Examples<Int32Array>; readonly validation?: Examples<Int32Array> } {
  if (share === 0) return { train: all };
  try {
    return split(all, { train: 1 - share, validation: share }, { seed: SPLIT_SEED });
  } catch (cause) {
    throw new UserError(
      `there are too few images to keep ${percent(share)} of each class for validation: give --validation 0`,
      { cause },
    );
  }
}

/** How many classes there are: they count from 0, and each is meant to occur. */
export const classesOf = ({ y }: Examples<Int32Array>): number =>
  y.reduce((most, c) => Math.max(most, c), 0) + 1;
