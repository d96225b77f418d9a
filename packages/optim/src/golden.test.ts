import { expectAllClose } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import golden from "./golden/golden.json" with { type: "json" };
import {
  adam,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  constant,
  cosine,
  inverseTime,
  type Optimizer,
  type Schedule,
  scaleByAdam,
  scaleByLearningRate,
  sgd,
  trace,
  warmUp,
} from "./index.ts";

const all = { mask: () => true };
const momentum = 0.9;
const rate = scaleByLearningRate;

// Several ways to write the same optimizer are tested against the same trajectory.
const optimizers: Readonly<Record<string, readonly Optimizer<unknown>[]>> = {
  sgd: [sgd({ learningRate: 0.1 }), chain(rate(0.1)), chain(trace({ momentum: 0 }), rate(0.1))],
  "sgd momentum": [sgd({ learningRate: 0.1, momentum }), chain(trace({ momentum }), rate(0.1))],
  "sgd nesterov": [
    sgd({ learningRate: 0.1, momentum, nesterov: true }),
    chain(trace({ momentum, nesterov: true }), rate(0.1)),
  ],
  "sgd weight decay": [
    sgd({ learningRate: 0.1, weightDecay: 0.2, ...all }),
    chain(addDecayedWeights(0.2, all), rate(0.1)),
  ],
  "sgd weight decay, biases spared": [
    sgd({ learningRate: 0.1, weightDecay: 0.2 }),
    sgd({ learningRate: 0.1, weightDecay: 0.2, mask: (_param, index) => index === 0 }),
    chain(addDecayedWeights(0.2), rate(0.1)),
  ],
  "sgd momentum, decoupled weight decay": [
    sgd({ learningRate: 0.1, momentum, weightDecay: 0.2, ...all }),
    chain(trace({ momentum }), addDecayedWeights(0.2, all), rate(0.1)),
  ],
  "sgd nesterov, decoupled weight decay": [
    sgd({ learningRate: 0.1, momentum, nesterov: true, weightDecay: 0.2, ...all }),
    chain(trace({ momentum, nesterov: true }), addDecayedWeights(0.2, all), rate(0.1)),
  ],
  "sgd momentum, L2": [chain(addDecayedWeights(0.2, all), trace({ momentum }), rate(0.1))],
  "sgd nesterov, L2": [
    chain(addDecayedWeights(0.2, all), trace({ momentum, nesterov: true }), rate(0.1)),
  ],
  "sgd cosine": [
    sgd({ learningRate: cosine({ from: 0.1, to: 0.01, steps: 10 }) }),
    chain(rate(cosine({ from: 0.1, to: 0.01, steps: 10 }))),
  ],
  "sgd clip": [chain(clipByGlobalNorm(1), rate(0.1))],
  "sgd momentum, clip": [chain(clipByGlobalNorm(1), trace({ momentum }), rate(0.1))],
  adam: [adam(), chain(scaleByAdam(), rate(1e-3))],
  "adam options": [
    adam({ learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }),
    chain(scaleByAdam({ beta1: 0.8, beta2: 0.95, epsilon: 1e-3 }), rate(0.02)),
  ],
  "adam, L2": [chain(addDecayedWeights(0.2, all), scaleByAdam(), rate(0.02))],
  "adam clip": [chain(clipByGlobalNorm(1), scaleByAdam(), rate(0.02))],
  adamw: [
    adam({ learningRate: 0.02, weightDecay: 0.2, ...all }),
    chain(scaleByAdam(), addDecayedWeights(0.2, all), rate(0.02)),
  ],
  "adamw, biases spared": [
    adam({ learningRate: 0.02, weightDecay: 0.2 }),
    chain(scaleByAdam(), addDecayedWeights(0.2), rate(0.02)),
  ],
};

const schedules: Readonly<Record<string, Schedule>> = {
  constant: constant(0.1),
  inverseTime: inverseTime({ from: 0.1, decay: 0.3 }),
  cosine: cosine({ from: 0.1, to: 0.001, steps: 20 }),
  // biome-ignore lint/suspicious/noThenProperty: the option's name; it is no promise
  warmUp: warmUp({ steps: 5, then: constant(0.1) }),
};

describe.each([
  ["float32", Float32Array, 1e-6],
  ["float64", Float64Array, 1e-12],
] as const)("trajectories of PyTorch in %s", (dtype, Floats, relative) => {
  const trajectories: Readonly<Record<string, readonly number[][][]>> = golden[dtype];

  test("every one is tested", () => {
    expect(Object.keys(optimizers).sort()).toEqual(Object.keys(trajectories).sort());
  });

  const rows = Object.entries(optimizers).flatMap(([name, list]) =>
    list.map((optimizer, k) => [name, k, optimizer] as const),
  );
  test.each(rows)("%s (%i)", (name, _k, optimizer) => {
    const params = golden.params.map((p, i) => ({ shape: golden.shapes[i]!, data: new Floats(p) }));
    const state = optimizer.init(params);
    trajectories[name]!.forEach((expected, t) => {
      const grads = golden.grads[t]!.map((g) => new Floats(g));
      optimizer.step(params, grads, state);
      expected.forEach((p, i) => {
        // A weight that crosses 0 keeps the rounding of values near 1, hence the absolute part.
        expectAllClose(params[i]!.data, p, { relative, absolute: relative / 4 });
      });
    });
  });
});

describe("schedules of PyTorch", () => {
  test("every one is tested", () => {
    expect(Object.keys(schedules).sort()).toEqual(Object.keys(golden.schedules).sort());
  });

  test.each(Object.entries(schedules))("%s", (name, schedule) => {
    const expected = golden.schedules[name as keyof typeof golden.schedules];
    expectAllClose(
      expected.map((_, step) => schedule({ step })),
      expected,
      { relative: 1e-13, absolute: 1e-16 },
    );
  });
});
