import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ImageExamples, readExamples } from "@feedforward/data";
import type { DataSet } from "./data-set.ts";
import { fileError } from "./file-error.ts";
import { UserError } from "./user-error.ts";

interface Pair {
  readonly images: string;
  readonly labels: string;
}

/**
 * A folder of IDX files with MNIST's names, raw or .gz.
 *
 * Only the training images are read at once; of the test images it is only seen to that they are there.
 */
export async function dataFolder(folder: string): Promise<DataSet> {
  const present = await readdir(folder).catch((cause: unknown) => {
    throw fileError("read the folder", folder, cause);
  });
  const [train, test] = [pairOf(folder, present, "train"), pairOf(folder, present, "t10k")];
  return {
    name: folder,
    train: await readPair(train),
    test: () => readPair(test),
    testName: "test",
    caveat: "These are the test images of the data set: this run opened them once, after training.",
  };
}

/** The test images of a folder alone. */
export async function testImages(folder: string): Promise<ImageExamples> {
  const present = await readdir(folder).catch((cause: unknown) => {
    throw fileError("read the folder", folder, cause);
  });
  return readPair(pairOf(folder, present, "t10k"));
}

function pairOf(folder: string, present: readonly string[], part: "train" | "t10k"): Pair {
  const find = (name: string, kind: string): string => {
    const wanted = [`${name}-${kind}`, `${name}.${kind}`].flatMap((n) => [n, `${n}.gz`]);
    const found = wanted.find((n) => present.includes(n));
    if (found) return join(folder, found);
    throw new UserError(
      `${folder} has no ${name}-${kind} or ${name}-${kind}.gz: --data takes a folder with ` +
        "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte",
    );
  };
  return {
    images: find(`${part}-images`, "idx3-ubyte"),
    labels: find(`${part}-labels`, "idx1-ubyte"),
  };
}

async function readPair(names: Pair): Promise<ImageExamples> {
  const read = (path: string): Promise<Uint8Array> =>
    readFile(path).catch((cause: unknown) => {
      throw fileError("read", path, cause);
    });
  const examples = await readExamples(
    { images: await read(names.images), labels: await read(names.labels) },
    { names },
  );
  if (examples.y.length === 0) throw new UserError(`${names.images} holds no image`);
  return examples;
}
