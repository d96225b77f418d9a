import { relu } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { adam, chain, clipByGlobalNorm, scaleByLearningRate, sgd, trace } from "@feedforward/optim";
import { type Examples, uniform } from "@feedforward/tensor";
import { dense, dropout, type Loss, mlp, type Network, type Optimizer } from "../src/index.ts";

// What the tests of training share: a small network, something to learn, and optimizers to learn it with.

/** Rows in [0, 1)^2, and whether their sum is above 1. */
export const examples = (rows: number, seed = 1): Examples<Int32Array> => {
  const data = uniform(new Float32Array(2 * rows), { seed, stream: 0, counter: 0 });
  const y = Int32Array.from({ length: rows }, (_, r) =>
    data[2 * r]! + data[2 * r + 1]! > 1 ? 1 : 0,
  );
  return { x: { shape: [rows, 2], data }, y };
};
export const small = (): Network => mlp(2, [dense(5, relu), dropout(0.3), dense(2)], { seed: 3 });
export const loss: ReturnType<typeof softmaxCrossEntropy> = softmaxCrossEntropy();

export async function all<T>(run: AsyncIterable<T>): Promise<T[]> {
  const reports: T[] = [];
  for await (const report of run) reports.push(report);
  return reports;
}

/** A loss that notes the classes of every batch; its value is their mean. */
export const noting = (batches: number[][]): Loss<Int32Array> => ({
  lossName: "noting",
  check: () => {},
  ofClasses: (grad, mean, _a, y, rows, columns) => {
    const classes = [...y.subarray(0, rows)];
    batches.push(classes);
    grad.fill(0, 0, rows * columns);
    mean[0] = classes.reduce((sum, c) => sum + c, 0) / rows;
  },
});
export const numbered = (rows: number): Examples<Int32Array> => ({
  x: { shape: [rows, 1], data: new Uint8Array(rows) },
  y: Int32Array.from({ length: rows }, (_, r) => r),
});

export const optimizers: Readonly<
  Record<"sgd" | "momentum" | "adam" | "chain", Optimizer<unknown>>
> = {
  sgd: sgd({ learningRate: 0.1 }),
  momentum: sgd({ learningRate: 0.1, momentum: 0.9 }),
  adam: adam({ learningRate: 0.01 }),
  chain: chain(clipByGlobalNorm(1), trace({ momentum: 0.9 }), scaleByLearningRate(0.1)),
};
