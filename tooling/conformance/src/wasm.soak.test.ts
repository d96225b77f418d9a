import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Worker } from "node:worker_threads";
import { relu } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { dense, mlp, train } from "@feedforward/mlp";
import { sgd } from "@feedforward/optim";
import type { Examples } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { expect, test } from "vitest";

// Long runs on the kernels: what a step, a run or a worker leaves behind shows in the process's size.

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const timeout = 3_600_000; // ms
const CLIMB = 2 ** 21; // bytes from one of ten sizes to the next: 200 a step, 20 kB a run, which has 2 MB
const JUMP = 2 ** 26; // bytes, from the second size to the last

const soon = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The process's resident memory, in bytes, with nothing left to collect. */
async function resident(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collect();
    await soon(50);
  }
  return process.memoryUsage.rss();
}

function expectFlat(sizes: readonly number[]): void {
  expect(sizes).toHaveLength(10);
  const climbs = sizes.slice(2).map((size, i) => size - sizes[i + 1]!);
  expect(climbs.toSorted((a, b) => a - b)[4]).toBeLessThan(CLIMB);
  expect(sizes.at(-1)! - sizes[1]!).toBeLessThan(JUMP);
}

const examples = (rows: number): Examples<Int32Array> => ({
  x: {
    shape: [rows, 784],
    data: Float32Array.from({ length: 784 * rows }, (_, i) => ((i * 2654435761) % 1009) / 1009),
  },
  y: Int32Array.from({ length: rows }, (_, i) => (i * 7) % 10),
});
const optionsOf = (batchSize: number) => ({
  loss: softmaxCrossEntropy(),
  optimizer: sgd({ learningRate: 0.01 }),
  batchSize,
});
const small = (seed: number) => mlp(784, [dense(128, relu), dense(10)], { seed });
const large = (seed: number) => mlp(784, [dense(512, relu), dense(512, relu), dense(10)], { seed });

/** Notes the workers that start while `work` runs, and those of them that have not ended. */
async function withWorkers(work: (alive: Set<Worker>) => Promise<void>): Promise<Set<Worker>> {
  const alive = new Set<Worker>();
  const note = (worker: Worker): void => {
    alive.add(worker);
    worker.once("exit", () => alive.delete(worker));
  };
  process.on("worker", note);
  await work(alive);
  await soon(3000); // they end after a second without work
  process.off("worker", note);
  return alive;
}

test("100,000 steps on the kernels leave the resident memory flat", { timeout }, async () => {
  const sizes: number[] = [];
  const options = { ...optionsOf(32), epochs: 10_000 };
  for await (const { epoch } of train(small(1), examples(320), options))
    if (epoch % 1000 === 0) sizes.push(await resident());
  expectFlat(sizes);
});

test("1,000 short runs on the kernels leave the resident memory flat", { timeout }, async () => {
  const sizes: number[] = [];
  const given = examples(64);
  for (let run = 1; run <= 1000; run++) {
    for await (const _ of train(small(run), given, { ...optionsOf(32), epochs: 1 }));
    if (run % 100 === 0) sizes.push(await resident());
  }
  expectFlat(sizes);
});

test("a run on threads, aborted at 200 steps, leaves no worker", { timeout }, async () => {
  const given = examples(1280);
  const backend = wasm({ threads: 3 });
  const left = await withWorkers(async (alive) => {
    for (let run = 1; run <= 200; run++) {
      const abort = new AbortController();
      const { signal } = abort;
      let steps = 0;
      const last = 1 + ((run * 37) % 30);
      const options = { ...optionsOf(128), epochs: 100, backend, signal, progressEvery: 1 };
      for await (const _ of train(large(run), given, options)) if (++steps === last) abort.abort();
      expect(steps).toBe(last);
    }
    expect(alive.size).toBeGreaterThan(0);
  });
  expect(left).toEqual(new Set());
});

test("a worker killed at 20 steps is replaced, or missed within 2 seconds", {
  timeout,
}, async () => {
  const given = examples(1280);
  const backend = wasm({ threads: 2 });
  const left = await withWorkers(async (alive) => {
    for (let run = 1; run <= 20; run++) {
      const killed = 30 + ((run * 7) % 20);
      let began = performance.now();
      try {
        let steps = 0;
        const options = { ...optionsOf(128), epochs: 10, backend, progressEvery: 1 };
        for await (const _ of train(large(run), given, options)) {
          began = performance.now();
          if (++steps === killed) for (const worker of alive) worker.terminate();
        }
      } catch (error) {
        expect(String(error)).toContain("start the run again");
        expect(performance.now() - began).toBeLessThan(2500);
      }
    }
  });
  expect(left).toEqual(new Set());
});
