import { tanh } from "@feedforward/activations";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { adam, sgd } from "@feedforward/optim";
import { type Examples, type FloatArray, products, reference, uniform } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { dense, evaluate, type Loss, mlp, type Network, type Report, train } from "./index.ts";

const data = uniform(new Float32Array(80), { seed: 1, stream: 0, counter: 0 });
const examples: Examples<Int32Array> = {
  x: { shape: [40, 2], data },
  y: Int32Array.from({ length: 40 }, (_, r) => (data[2 * r]! > data[2 * r + 1]! ? 1 : 0)),
};
const small = (): Network => mlp(2, [dense(4, tanh), dense(2)], { seed: 1 });
const weights = (net: Network): FloatArray[] =>
  net.layers.flatMap(({ params }) => params.map(({ data }) => data.slice()));
const softmax = softmaxCrossEntropy();

/** Runs until the end, and gives the weights at every report. */
async function weightsOf(run: AsyncIterable<Report>, net: Network): Promise<FloatArray[][]> {
  const seen: FloatArray[][] = [];
  for await (const _ of run) seen.push(weights(net));
  return seen;
}

describe.each([reference, guard(products)])("train() on $name", (backend) => {
  // 5 steps in an epoch
  const base = { loss: softmax, optimizer: adam({ learningRate: 0.01 }), batchSize: 8, backend };
  /** A later run on the same network works, and changes it. */
  const expectUsable = async (net: Network): Promise<void> => {
    const before = weights(net);
    const optimizer = adam({ learningRate: 0.05 });
    await weightsOf(train(net, examples, { ...base, optimizer, epochs: 40 }), net);
    expect(weights(net)).not.toEqual(before);
    expect((await evaluate(net, examples, { loss: softmax, backend })).loss).toBeLessThan(0.3);
  };

  /** Weights explode in the second epoch: the rate grows without bound. */
  const exploding = sgd({ learningRate: ({ step }) => (step < 6 ? 0.01 : 1e38) });

  test("divergence is an error that names epoch and step, and keeps the last good weights", async () => {
    const net = small();
    const seen: FloatArray[][] = [];
    const loop = async (): Promise<void> => {
      for await (const _ of train(net, examples, { ...base, optimizer: exploding, epochs: 3 }))
        seen.push(weights(net));
    };
    await expect(loop()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RangeError: train() expects a finite loss, but loss is NaN in epoch 2 after 8 steps: lower the learning rate, clip the gradients, or standardise the inputs (the network keeps its last good weights)]`,
    );
    expect(seen).toHaveLength(1);
    expect(weights(net)).toEqual(seen[0]);
    await expectUsable(net);
  });

  test("divergence in the last step of an epoch is found before its report", async () => {
    const net = small();
    const optimizer = sgd({ learningRate: ({ step }) => (step < 4 ? 0.01 : 3e38) });
    const blown: Loss<Int32Array> = {
      lossName: "blown",
      check: () => {},
      ofClasses: (grad, loss) => {
        grad.fill(1e10);
        loss[0] = 1;
      },
    };
    const run = train(net, examples, { ...base, loss: blown, optimizer, epochs: 1 });
    await expect(weightsOf(run, net)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RangeError: train() expects finite weights, but one is not in epoch 1 after 5 steps: lower the learning rate, clip the gradients, or standardise the inputs (the network keeps its last good weights)]`,
    );
    expect(weights(net)).toEqual(weights(small()));
  });

  test("an infinite loss is divergence, though its gradient is finite", async () => {
    const net = small();
    const infinite: Loss<Int32Array> = {
      lossName: "infinite",
      check: () => {},
      ofClasses: (grad, loss) => {
        grad.fill(0);
        loss[0] = Number.POSITIVE_INFINITY;
      },
    };
    const run = train(net, examples, { ...base, loss: infinite, epochs: 1 });
    await expect(weightsOf(run, net)).rejects.toThrow(
      "but loss is Infinity in epoch 1 after 0 steps",
    );
  });

  test("divergence restores the best weights where there are any", async () => {
    const net = small();
    const monitor = ({ epoch }: Report): number => -epoch;
    const earlyStopping = { patience: 1, monitor };
    const options = { ...base, optimizer: exploding, epochs: 3, earlyStopping, progressEvery: 1 };
    const seen: FloatArray[][] = [];
    const loop = async (): Promise<void> => {
      for await (const _ of train(net, examples, options)) seen.push(weights(net));
    };
    await expect(loop()).rejects.toThrow("train() expects a finite loss");
    expect(seen.length).toBeGreaterThan(5);
    expect(weights(net)).toEqual(seen[4]);
  });

  test("an error inside a step keeps the weights of the last report", async () => {
    const net = small();
    const optimizer = sgd({ learningRate: ({ step }) => (step < 7 ? 0.01 : Number.NaN) });
    const run = train(net, examples, { ...base, optimizer, epochs: 3 });
    const seen: FloatArray[][] = [];
    const loop = async (): Promise<void> => {
      for await (const _ of run) seen.push(weights(net));
    };
    await expect(loop()).rejects.toThrow(RangeError);
    expect(weights(net)).toEqual(seen[0]);
  });
});
