import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { relu } from "@feedforward/activations";
import { writeIdx } from "@feedforward/data";
import { dense, mlp } from "@feedforward/mlp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { initialWeights, readImages, shuffled, synthetic } from "./material.ts";

describe("shuffled", () => {
  test("names every row once in an epoch, in another order in each", async () => {
    const order = await shuffled(1000);
    const rows = Int32Array.from({ length: 1000 }, (_, i) => i);
    const [first, second] = [order.slice(0, 1000), order.slice(1000)];
    expect(first.toSorted()).toEqual(rows);
    expect(second.toSorted()).toEqual(rows);
    expect(first).not.toEqual(rows);
    expect(second).not.toEqual(first);
  });
});

test("initialWeights gives W and b of each layer, one after another", () => {
  const weights = initialWeights([3, 4, 2]);
  const { layers } = mlp(3, [dense(4, relu), dense(2)], { seed: 1 });
  expect(weights).toHaveLength(12 + 4 + 8 + 2);
  expect(weights.subarray(0, 12)).toEqual(layers[0]!.params[0]!.data);
  expect(weights.subarray(16, 24)).toEqual(layers[1]!.params[0]!.data);
});

test("synthetic gives two classes of about the same size, and the same ones again", () => {
  const { x, y } = synthetic(1000, 1);
  const ones = y.reduce((sum, c) => sum + c, 0);
  expect(ones).toBeGreaterThan(400);
  expect(ones).toBeLessThan(600);
  expect(synthetic(1000, 1).x.data).toEqual(x.data);
  expect(synthetic(1000, 2).x.data).not.toEqual(x.data);
});

describe("readImages", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "bench-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** As many one-pixel images of the classes 0, 1, 0, 1, ... */
  function put(images: string, labels: string, count: number, pack = (b: Uint8Array) => b): void {
    const data = Uint8Array.from({ length: count }, (_, i) => i % 2);
    writeFileSync(join(folder, images), pack(writeIdx({ shape: [count, 1, 1], data })));
    writeFileSync(join(folder, labels), pack(writeIdx({ shape: [count], data })));
  }

  test("reads a folder of IDX files, packed or not, and calls it by its name", async () => {
    put("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", 6, gzipSync);
    put("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", 4);
    const { name, train, test } = await readImages(folder, "nowhere");
    expect([train.y.length, test.y.length]).toEqual([6, 4]);
    expect(name).toBe(folder.split("/").at(-1)?.toUpperCase());
    expect((await readImages(undefined, "nowhere", folder)).name).toBe("Fashion-MNIST");
  });

  test("splits the embedded digits where there is nothing else", async () => {
    put("images-idx3-ubyte.gz", "labels-idx1-ubyte.gz", 20, gzipSync);
    const { name, train, test } = await readImages(undefined, folder, "nowhere");
    expect([train.y.length, test.y.length]).toEqual([16, 4]);
    expect(name).toBe("the trainer's 20 digits of MNIST's training images");
  });
});
