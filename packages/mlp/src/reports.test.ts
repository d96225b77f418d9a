import { relu } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { adam, chain, clipByGlobalNorm, scaleByLearningRate, sgd, trace } from "@feedforward/optim";
import { type Examples, products, reference, uniform } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test, vi } from "vitest";
import {
  accuracy,
  dense,
  dropout,
  type Loss,
  type Metric,
  mlp,
  type Network,
  type Report,
  train,
} from "./index.ts";

/** Rows in [0, 1)^2, and whether their sum is above 1. */
const examples = (rows: number, seed = 1): Examples<Int32Array> => {
  const data = uniform(new Float32Array(2 * rows), { seed, stream: 0, counter: 0 });
  const y = Int32Array.from({ length: rows }, (_, r) =>
    data[2 * r]! + data[2 * r + 1]! > 1 ? 1 : 0,
  );
  return { x: { shape: [rows, 2], data }, y };
};
const small = (): Network => mlp(2, [dense(5, relu), dropout(0.3), dense(2)], { seed: 3 });
const loss = softmaxCrossEntropy();

async function all<T>(run: AsyncIterable<T>): Promise<T[]> {
  const reports: T[] = [];
  for await (const report of run) reports.push(report);
  return reports;
}

/** A loss that notes the classes of every batch; its value is their mean. */
const noting = (batches: number[][]): Loss<Int32Array> => ({
  lossName: "noting",
  check: () => {},
  ofClasses: (grad, mean, _a, y, rows, columns) => {
    const classes = [...y.subarray(0, rows)];
    batches.push(classes);
    grad.fill(0, 0, rows * columns);
    mean[0] = classes.reduce((sum, c) => sum + c, 0) / rows;
  },
});
const numbered = (rows: number): Examples<Int32Array> => ({
  x: { shape: [rows, 1], data: new Uint8Array(rows) },
  y: Int32Array.from({ length: rows }, (_, r) => r),
});

describe.each([reference, guard(products)])("reports of train() on $name", (backend) => {
  const optimizers = {
    sgd: sgd({ learningRate: 0.1 }),
    momentum: sgd({ learningRate: 0.1, momentum: 0.9 }),
    adam: adam({ learningRate: 0.01 }),
    chain: chain(clipByGlobalNorm(1), trace({ momentum: 0.9 }), scaleByLearningRate(0.1)),
  };
  test("reports say where the run stands", async () => {
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    const metrics = [accuracy];
    const run = train(small(), examples(10), {
      loss,
      optimizer: optimizers.sgd,
      epochs: 2,
      batchSize: 3,
      progressEvery: 2,
      validation: examples(5),
      metrics,
      backend,
    });
    const reports = await all(run);
    clock.mockRestore();
    const stands = ({ epoch, step, endOfEpoch, validation }: Report<"accuracy">) => [
      epoch,
      step,
      endOfEpoch,
      validation !== undefined,
    ];
    expect(reports.map(stands)).toEqual([
      [1, 2, false, false],
      [1, 4, true, true],
      [2, 6, false, false],
      [2, 8, true, true],
    ]);
    for (const report of reports) {
      expect(report).toMatchObject({ epochs: 2, steps: 8 });
      expect(report.loss).toBeGreaterThan(0);
      expect(Object.keys(report.metrics)).toEqual(["accuracy"]);
      expect("best" in report).toBe(false);
    }
  });

  test("counts the time of training alone", async () => {
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    const ticking: Loss<Int32Array> = {
      ...noting([]),
      ofClasses: (...args) => {
        now += 10; // ms a step; never more than 50 between two returns to the event loop
        noting([]).ofClasses!(...args);
      },
    };
    const optimizer = optimizers.sgd;
    const options = {
      loss: ticking,
      optimizer,
      epochs: 2,
      batchSize: 5,
      progressEvery: 1,
      backend,
    };
    const speeds: number[] = [];
    for await (const { samplesPerSecond } of train(mlp(1, [dense(1)]), numbered(10), options)) {
      speeds.push(samplesPerSecond);
      now += 1000;
    }
    clock.mockRestore();
    expect(speeds).toEqual([500, 500, 500, 500]);
  });

  test("metrics are means over the epoch so far", async () => {
    const sumOfClasses: Metric<"class"> = {
      name: "class",
      ofClasses: (_a, y, rows) => y.subarray(0, rows).reduce((sum, c) => sum + c, 0),
    };
    const optimizer = optimizers.sgd;
    const options = { loss: noting([]), optimizer, epochs: 2, batchSize: 4, backend };
    const run = train(mlp(1, [dense(1)]), numbered(10), { ...options, metrics: [sumOfClasses] });
    for await (const { metrics } of run) expect(metrics).toEqual({ class: 4.5 });
  });
});
