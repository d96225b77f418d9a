import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { relu } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { sgd } from "@feedforward/optim";
import { type Examples, type Matrix, reference } from "@feedforward/tensor";
import { expect, test } from "vitest";
import { dense, mlp, train } from "./index.ts";

// 784-128-10, batches of 32, plain SGD: what each step or each run keeps shows in the process's size, as
// there are thousands of them. The size may jump once, when the collector takes a larger nursery; what is
// kept makes it climb all the time.

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const TIMEOUT = 3_600_000; // ms
const CLIMB = 2 ** 17; // bytes from one size to the next: 131 a step, 1.3 kB a run
const JUMP = 2 ** 25; // bytes, from the second size to the last

/** The process's resident memory, in bytes, with nothing left to collect. */
async function resident(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process.memoryUsage.rss();
}

function expectFlat(sizes: readonly number[]): void {
  expect(sizes).toHaveLength(10);
  const climbs = sizes.slice(2).map((size, i) => size - sizes[i + 1]!);
  expect(climbs.toSorted((a, b) => a - b)[4]).toBeLessThan(CLIMB);
  expect(sizes.at(-1)! - sizes[1]!).toBeLessThan(JUMP);
}

const examples = (rows: number): Examples & { readonly x: Matrix; readonly y: Int32Array } => ({
  x: {
    shape: [rows, 784],
    data: Float32Array.from({ length: 784 * rows }, (_, i) => ((i * 2654435761) % 1009) / 1009),
  },
  y: Int32Array.from({ length: rows }, (_, i) => (i * 7) % 10),
});
const network = (seed: number) => mlp(784, [dense(128, relu), dense(10)], { seed });
const options = (epochs: number) => ({
  loss: softmaxCrossEntropy(),
  optimizer: sgd({ learningRate: 0.1 }),
  batchSize: 32,
  epochs,
  backend: reference,
});

test("10,000 steps leave the resident memory flat", { timeout: TIMEOUT }, async () => {
  const sizes: number[] = [];
  for await (const { epoch } of train(network(1), examples(320), options(1000)))
    if (epoch % 100 === 0) sizes.push(await resident());
  expectFlat(sizes);
});

test("1,000 short runs, made and dropped, leave the resident memory flat", {
  timeout: TIMEOUT,
}, async () => {
  const sizes: number[] = [];
  const given = examples(64);
  for (let run = 1; run <= 1000; run++) {
    for await (const _ of train(network(run), given, options(1)));
    if (run % 100 === 0) sizes.push(await resident());
  }
  expectFlat(sizes);
});
