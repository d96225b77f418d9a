import { sgd } from "@feedforward/optim";
import { type FloatArray, products, reference } from "@feedforward/tensor";
import { guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import {
  examples,
  expectUsable,
  optionsOn,
  small,
  weights,
  weightsOf,
} from "../testing/ended-runs.ts";
import { type Loss, type Report, train } from "./index.ts";

describe.each([reference, guard(products)])("train() on $name", (backend) => {
  const base = optionsOn(backend);

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
    await expectUsable(net, backend);
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
