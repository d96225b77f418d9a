import { readFile } from "node:fs/promises";
import { type ImageExamples, readExamples, split } from "@feedforward/data";
import type { DataSet } from "./data-set.ts";

/** The 10,000 digits in ../digits. */
export async function readDigits(): Promise<ImageExamples> {
  const read = (name: string): Promise<Uint8Array> =>
    readFile(new URL(`../digits/${name}`, import.meta.url));
  const [images, labels] = await Promise.all([
    read("images-idx3-ubyte.gz"),
    read("labels-idx1-ubyte.gz"),
  ]);
  return readExamples({ images, labels });
}

/** The digits that come with the program, 9,000 to learn from and 1,000 held out: always the same ones. */
export async function embeddedDigits(): Promise<DataSet> {
  const { height, width, ...all } = await readDigits();
  const parts = split(all, { train: 0.9, test: 0.1 }, { seed: 0 });
  const images = (part: "train" | "test"): ImageExamples =>
    ({ ...parts[part], height, width }) as ImageExamples;
  return {
    name: "10,000 training images of MNIST, which come with this program",
    train: images("train"),
    test: async () => images("test"),
    testName: "held-out",
    caveat:
      "The held-out digits are training images of MNIST, not its official test set:\n" +
      "do not compare this accuracy with published ones (for that, see --data).",
  };
}
