import type { Rows } from "@feedforward/tensor";
import { describe, expect, test } from "vitest";
import { learningRateOf } from "./learning-rate.ts";
import { networkOf, widthsOf } from "./network-of.ts";
import { optimizerOf } from "./optimizer-of.ts";
import { settle, type TrainOptions } from "./train-settings.ts";

const options: TrainOptions = {
  validation: 0.1,
  pixels: "unit",
  hidden: [128],
  activation: "relu",
  dropout: 0,
  inputDropout: 0,
  backend: "wasm",
  optimizer: "sgd",
  schedule: "constant",
  momentum: 0,
  warmUp: 0,
  weightDecay: 0,
  labelSmoothing: 0,
  batch: 32,
  epochs: 10,
  seed: 0,
};

describe("settle", () => {
  test("knows a learning rate for each optimizer", () => {
    const rateOf = (more: Partial<TrainOptions>): number =>
      settle({ ...options, ...more }).learningRate;
    expect(rateOf({})).toBe(0.1);
    expect(rateOf({ momentum: 0.9 })).toBe(0.01);
    expect(rateOf({ optimizer: "adam" })).toBe(0.001);
    expect(rateOf({ optimizer: "adam", learningRate: 2 })).toBe(2);
  });

  test("refuses options that contradict each other", () => {
    const refusal = (more: Partial<TrainOptions>) => () => settle({ ...options, ...more });
    expect(refusal({ optimizer: "adam", momentum: 0.9 })).toThrowErrorMatchingInlineSnapshot(
      `[UserError: --momentum and --nesterov are for --optimizer sgd: adam keeps a mean of gradients of its own]`,
    );
    expect(refusal({ nesterov: true, momentum: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[UserError: --nesterov looks ahead by momentum: give --momentum 0.9 as well]`,
    );
    expect(refusal({ decay: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[UserError: --decay is for --schedule inverse-time]`,
    );
    expect(refusal({ patience: 3, validation: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[UserError: --patience watches the validation loss: leave out --validation 0]`,
    );
  });
});

test("learning rates count in epochs", () => {
  const rates = (more: Partial<TrainOptions>, ...epochs: number[]): number[] => {
    const schedule = learningRateOf(settle({ ...options, learningRate: 1, ...more }), 100);
    return epochs.map((epoch) => schedule({ step: 100 * epoch }));
  };
  expect(rates({}, 0, 9)).toEqual([1, 1]);
  expect(rates({ schedule: "cosine" }, 0, 5, 10)).toEqual([1, 0.5, 0]);
  expect(rates({ schedule: "inverse-time" }, 0, 1, 2)).toEqual([1, 1 / 2, 1 / 3]);
  expect(rates({ schedule: "inverse-time", decay: 3 }, 1)).toEqual([1 / 4]);
  expect(rates({ schedule: "cosine", warmUp: 2 }, 2, 6, 10)).toEqual([1, 0.5, 0]);
  expect(rates({ warmUp: 2 }, 1)[0]).toBeCloseTo(0.5, 2);
});

describe("optimizerOf", () => {
  const parameter = () => [{ shape: [1, 2], data: Float64Array.of(1, 1) }];
  const stepped = (more: Partial<TrainOptions>): number[] => {
    const params = parameter();
    const optimizer = optimizerOf(settle({ ...options, ...more }), () => 0.5);
    const state = optimizer.init(params);
    optimizer.step(params, [Float64Array.of(3, 4)], state);
    return [...params[0]!.data];
  };

  test("makes the steps of sgd and adam, with weight decay", () => {
    expect(stepped({ momentum: 0 })).toEqual([1 - 1.5, 1 - 2]);
    expect(stepped({ momentum: 0, weightDecay: 0.1 })[1]).toBeCloseTo(0.95 - 2);
    expect(stepped({ optimizer: "adam" })[0]).toBeCloseTo(0.5);
  });

  test("clips the gradient first", () => {
    const [a, b] = stepped({ momentum: 0, clipNorm: 1 });
    expect(a).toBeCloseTo(1 - 0.5 * 0.6);
    expect(b).toBeCloseTo(1 - 0.5 * 0.8);
  });
});

const images = (pixels: number): Rows => ({
  shape: [1, pixels],
  data: new Uint8Array(pixels).fill(4, pixels / 2),
});

test("networkOf scales pixels by what it is told", () => {
  const meanOf = (pixels: "standard" | "unit"): number | undefined =>
    networkOf(settle({ ...options, pixels }), images(2), 2).standardiser?.mean[0];
  expect([meanOf("standard"), meanOf("unit")]).toEqual([2, 0]);
});

test("networkOf puts dropout after the input and each hidden layer", () => {
  const net = networkOf(
    settle({ ...options, hidden: [8, 4], dropout: 0.5, inputDropout: 0.1 }),
    images(784),
    10,
  );
  expect(net.layers.map(({ layer }) => layer.name).join(" ")).toBe(
    "dropout dense dropout dense dropout dense",
  );
  expect(widthsOf(net)).toBe("784-8-4-10");
  expect(widthsOf(networkOf(settle({ ...options, hidden: [] }), images(4), 2))).toBe("4-2");
});
