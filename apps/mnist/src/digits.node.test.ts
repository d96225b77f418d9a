import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readExamples } from "@feedforward/data";
import { describe, expect, test } from "vitest";
import { embeddedDigits, readDigits } from "./embedded-digits.ts";
import { prepareDigit } from "./image/prepare-digit.ts";

const digits = await readDigits();
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const countOf = (y: Int32Array): number[] =>
  Array.from({ length: 10 }, (_, c) => y.filter((label) => label === c).length);
const PIXELS = 784;
const image = (data: Uint8Array, i: number): Uint8Array =>
  data.subarray(i * PIXELS, (i + 1) * PIXELS);

describe("the embedded digits", () => {
  test("are the files that were packed, byte for byte", () => {
    const file = (name: string): Uint8Array =>
      readFileSync(new URL(`../digits/${name}`, import.meta.url));
    expect(sha256(file("images-idx3-ubyte.gz"))).toBe(
      "00ce32a7dfbb6ac1727208b20e58afb215eff1d7d1c49402920abe4f6998a94b",
    );
    expect(sha256(digits.x.data)).toMatchInlineSnapshot(
      `"0768d16c5adea568dee18fa5e4e1acb117e9ec2c5d6b1dffe5fc29c1e61c1eca"`,
    );
    expect(sha256(Uint8Array.from(digits.y))).toMatchInlineSnapshot(
      `"44e605757823cf79c6557e6d2a7f45c693b286e8cd303ea10339b002801b4916"`,
    );
  });

  test("are 10,000 of 28 x 28, of each class as many as among MNIST's first 10,000", () => {
    expect([...digits.x.shape, digits.height, digits.width]).toEqual([10_000, 784, 28, 28]);
    expect(countOf(digits.y)).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
  });

  test("hold 1,000 out, the same ones every time, and none of them is trained on", async () => {
    const { train, test: held } = await embeddedDigits();
    const out = await held();
    expect(train.y).toHaveLength(9000);
    expect(countOf(out.y)).toEqual([100, 112, 99, 104, 98, 86, 102, 107, 94, 98]);
    expect(sha256(out.x.data)).toMatchInlineSnapshot(
      `"cfa16e9c05ade296bdf89b768c6fb7d2f64c150744459e7ab28f1086507f7b54"`,
    );
    const trained = new Set(Array.from(train.y, (_, i) => sha256(image(train.x.data, i))));
    expect(trained.size).toBe(9000);
    expect(Array.from(out.y, (_, i) => trained.has(sha256(image(out.x.data, i))))).not.toContain(
      true,
    );
  });

  test("stay much as they are when they are prepared as pictures", () => {
    for (let i = 0; i < 10_000; i += 100) {
      const pixels = image(digits.x.data, i);
      const rgba = new Uint8Array(4 * PIXELS);
      for (const [p, value] of pixels.entries()) rgba.set([value, value, value, 255], 4 * p);
      const prepared = prepareDigit({ width: 28, height: 28, rgba })!;
      const mean = prepared.reduce((sum, v, p) => sum + Math.abs(v - pixels[p]!), 0) / PIXELS;
      expect(mean).toBeLessThan(12);
    }
  });
});

const mnist = process.env.MNIST;
test.runIf(mnist)("are MNIST's first 10,000 training images, with MNIST=folder", async () => {
  const file = (name: string): Uint8Array => readFileSync(join(mnist ?? "", name));
  const all = await readExamples({
    images: file("train-images-idx3-ubyte.gz"),
    labels: file("train-labels-idx1-ubyte.gz"),
  });
  // The digits come class by class, and within a class in MNIST's order.
  const order = Array.from({ length: 10_000 }, (_, i) => i).sort((a, b) => all.y[a]! - all.y[b]!);
  for (const [i, row] of order.entries()) {
    expect(digits.y[i]).toBe(all.y[row]);
    expect(Buffer.compare(image(digits.x.data, i), image(all.x.data, row))).toBe(0);
  }
});
