import { tanh } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { adam } from "@feedforward/optim";
import { type Backend, type Examples, type FloatArray, uniform } from "@feedforward/tensor";
import { expect } from "vitest";
import {
  dense,
  evaluate,
  mlp,
  type Network,
  type Report,
  type TrainOptions,
  train,
} from "../src/index.ts";

// What the tests of a run's ends share: a network, what it learns, and a look at its weights.

const data = uniform(new Float32Array(80), { seed: 1, stream: 0, counter: 0 });
export const examples: Examples<Int32Array> = {
  x: { shape: [40, 2], data },
  y: Int32Array.from({ length: 40 }, (_, r) => (data[2 * r]! > data[2 * r + 1]! ? 1 : 0)),
};
export const small = (): Network => mlp(2, [dense(4, tanh), dense(2)], { seed: 1 });
export const weights = (net: Network): FloatArray[] =>
  net.layers.flatMap(({ params }) => params.map(({ data }) => data.slice()));
export const softmax: ReturnType<typeof softmaxCrossEntropy> = softmaxCrossEntropy();

/** Runs until the end, and gives the weights at every report. */
export async function weightsOf(run: AsyncIterable<Report>, net: Network): Promise<FloatArray[][]> {
  const seen: FloatArray[][] = [];
  for await (const _ of run) seen.push(weights(net));
  return seen;
}

/** Options of a run: 5 steps in an epoch. */
export const optionsOn = (
  backend: Backend,
): Pick<TrainOptions<Int32Array>, "loss" | "optimizer" | "batchSize" | "backend"> => ({
  loss: softmax,
  optimizer: adam({ learningRate: 0.01 }),
  batchSize: 8,
  backend,
});

/** A later run on the same network works, and changes it. */
export async function expectUsable(net: Network, backend: Backend): Promise<void> {
  const before = weights(net);
  const optimizer = adam({ learningRate: 0.05 });
  const options = { ...optionsOn(backend), optimizer, epochs: 40 };
  await weightsOf(train(net, examples, options), net);
  expect(weights(net)).not.toEqual(before);
  expect((await evaluate(net, examples, { loss: softmax, backend })).loss).toBeLessThan(0.3);
}
