import { expect, test } from "vitest";
import * as optim from "./index.ts";

const { adam, addDecayedWeights, chain, clipByGlobalNorm, constant, cosine, inverseTime } = optim;
const { restore, scaleByAdam, scaleByLearningRate, sgd, snapshot, trace, warmUp } = optim;

const refused = (f: () => unknown): string => {
  try {
    f();
  } catch (error) {
    return String(error);
  }
  return "accepted";
};
const W = { shape: [2, 3], data: new Float32Array(6) };
const b = { shape: [2], data: new Float32Array(2) };
const good = [new Float32Array(6), new Float32Array(2)];

test("sgd() refuses impossible options", () => {
  expect([
    refused(() => sgd({ learningRate: -1 })),
    refused(() => sgd({ learningRate: "0.1" as never })),
    refused(() => sgd({} as never)),
    refused(() => sgd({ learningRate: 1, momentum: 1 })),
    refused(() => sgd({ learningRate: 1, weightDecay: Number.POSITIVE_INFINITY })),
    refused(() => sgd({ learningRate: 1, nesterov: true })),
  ]).toMatchInlineSnapshot(`
    [
      "RangeError: sgd() expects a finite learningRate >= 0, but learningRate is -1",
      "TypeError: sgd() expects a finite learningRate >= 0, but learningRate is "0.1"",
      "TypeError: sgd() expects a finite learningRate >= 0, but learningRate is undefined",
      "RangeError: sgd() expects momentum in [0, 1), but momentum is 1",
      "RangeError: sgd() expects a finite weightDecay >= 0, but weightDecay is Infinity",
      "RangeError: sgd() expects momentum in (0, 1) for nesterov, but momentum is 0",
    ]
  `);
});

test("adam() refuses impossible options", () => {
  expect([
    refused(() => adam({ learningRate: Number.NaN })),
    refused(() => adam(0.1 as never)),
    refused(() => adam({ beta1: 1 })),
    refused(() => adam({ beta2: -0.1 })),
    refused(() => adam({ epsilon: -1 })),
    refused(() => adam({ weightDecay: -1 })),
  ]).toMatchInlineSnapshot(`
    [
      "RangeError: adam() expects a finite learningRate >= 0, but learningRate is NaN",
      "TypeError: adam() expects an object of options, but got 0.1",
      "RangeError: adam() expects beta1 in [0, 1), but beta1 is 1",
      "RangeError: adam() expects beta2 in [0, 1), but beta2 is -0.1",
      "RangeError: adam() expects a finite epsilon >= 0, but epsilon is -1",
      "RangeError: adam() expects a finite weightDecay >= 0, but weightDecay is -1",
    ]
  `);
});

test("transforms refuse impossible options", () => {
  expect([
    refused(() => scaleByAdam({ beta1: 1 })),
    refused(() => scaleByAdam({ beta2: 1 })),
    refused(() => scaleByAdam({ epsilon: Number.NaN })),
    refused(() => trace({ momentum: 1 })),
    refused(() => trace({} as never)),
    refused(() => scaleByLearningRate(-1)),
    refused(() => addDecayedWeights(-1)),
    refused(() => clipByGlobalNorm(0)),
  ]).toMatchInlineSnapshot(`
    [
      "RangeError: scaleByAdam() expects beta1 in [0, 1), but beta1 is 1",
      "RangeError: scaleByAdam() expects beta2 in [0, 1), but beta2 is 1",
      "RangeError: scaleByAdam() expects a finite epsilon >= 0, but epsilon is NaN",
      "RangeError: trace() expects momentum in [0, 1), but momentum is 1",
      "TypeError: trace() expects momentum in [0, 1), but momentum is undefined",
      "RangeError: scaleByLearningRate() expects a finite learningRate >= 0, but learningRate is -1",
      "RangeError: addDecayedWeights() expects a finite rate >= 0, but rate is -1",
      "RangeError: clipByGlobalNorm() expects a finite maxNorm > 0, but maxNorm is 0",
    ]
  `);
});

test("schedules refuse impossible options", () => {
  expect([
    refused(() => constant(-1)),
    refused(() => inverseTime({ from: -1, decay: 1 })),
    refused(() => inverseTime({ from: 1, decay: -1 })),
    refused(() => cosine({ from: -1, steps: 10 })),
    refused(() => cosine({ from: 1, to: Number.NaN, steps: 10 })),
    refused(() => cosine({ from: 1, steps: 0 })),
    // biome-ignore lint/suspicious/noThenProperty: the option's name; it is no promise
    refused(() => warmUp({ steps: 0, then: constant(1) })),
  ]).toMatchInlineSnapshot(`
    [
      "RangeError: constant() expects a finite rate >= 0, but rate is -1",
      "RangeError: inverseTime() expects a finite from >= 0, but from is -1",
      "RangeError: inverseTime() expects a finite decay >= 0, but decay is -1",
      "RangeError: cosine() expects a finite from >= 0, but from is -1",
      "RangeError: cosine() expects a finite to >= 0, but to is NaN",
      "RangeError: cosine() expects a finite steps > 0, but steps is 0",
      "RangeError: warmUp() expects a finite steps > 0, but steps is 0",
    ]
  `);
});

test("step names the step of an impossible rate, and leaves weights and state as they were", () => {
  const param = { shape: [1], data: Float64Array.of(1) };
  const learningRate = ({ step }: { step: number }): number =>
    step === 2 ? Number.NaN : -step + 1;
  const texts = [
    sgd({ learningRate }),
    adam({ learningRate }),
    chain(scaleByLearningRate(learningRate)),
  ].map((optimizer: optim.Optimizer<unknown>) => {
    const state = optimizer.init([param]);
    const step = (): void => optimizer.step([param], [Float64Array.of(1)], state);
    step();
    step();
    const before = snapshot([state, param.data]);
    const text = refused(step);
    expect([state, param.data]).toEqual(before);
    return text;
  });
  expect(texts).toMatchInlineSnapshot(`
    [
      "RangeError: sgd() expects a schedule of finite rates >= 0, but learningRate at step 2 is NaN",
      "RangeError: adam() expects a schedule of finite rates >= 0, but learningRate at step 2 is NaN",
      "RangeError: scaleByLearningRate() expects a schedule of finite rates >= 0, but learningRate at step 2 is NaN",
    ]
  `);
  expect(
    refused(() => sgd({ learningRate: () => -1 }).step([], [], { step: 7, velocity: [] })),
  ).toMatchInlineSnapshot(
    `"RangeError: sgd() expects a schedule of finite rates >= 0, but learningRate at step 7 is -1"`,
  );
});

test("step refuses gradients that do not fit", () => {
  const texts = [sgd({ learningRate: 1 }), adam(), chain()].flatMap(
    (optimizer: optim.Optimizer<unknown>) => {
      const state = optimizer.init([W, b]);
      return [
        refused(() => optimizer.step([W, b], [good[0]!], state)),
        refused(() => optimizer.step([W, b], [...good, good[1]!], state)),
        refused(() => optimizer.step([W, b], [new Float32Array(5), good[1]!], state)),
        refused(() => optimizer.step([W, b], [new Float32Array(7), good[1]!], state)),
      ];
    },
  );
  expect(texts).toMatchInlineSnapshot(`
    [
      "RangeError: sgd().step() expects grads of 2 arrays, one for each parameter, but grads has 1",
      "RangeError: sgd().step() expects grads of 2 arrays, one for each parameter, but grads has 3",
      "RangeError: sgd().step() expects grads[0] of 6 elements for a parameter of [2, 3], but grads[0] has 5",
      "RangeError: sgd().step() expects grads[0] of 6 elements for a parameter of [2, 3], but grads[0] has 7",
      "RangeError: adam().step() expects grads of 2 arrays, one for each parameter, but grads has 1",
      "RangeError: adam().step() expects grads of 2 arrays, one for each parameter, but grads has 3",
      "RangeError: adam().step() expects grads[0] of 6 elements for a parameter of [2, 3], but grads[0] has 5",
      "RangeError: adam().step() expects grads[0] of 6 elements for a parameter of [2, 3], but grads[0] has 7",
      "RangeError: chain().step() expects grads of 2 arrays, one for each parameter, but grads has 1",
      "RangeError: chain().step() expects grads of 2 arrays, one for each parameter, but grads has 3",
      "RangeError: chain().step() expects grads[0] of 6 elements for a parameter of [2, 3], but grads[0] has 5",
      "RangeError: chain().step() expects grads[0] of 6 elements for a parameter of [2, 3], but grads[0] has 7",
    ]
  `);
});

test("step refuses the state of other parameters", () => {
  const texts = [
    sgd({ learningRate: 1, momentum: 0.9 }),
    adam(),
    chain(scaleByAdam()),
    chain(trace({ momentum: 0.9 })),
  ].map((optimizer: optim.Optimizer<unknown>) =>
    refused(() => optimizer.step([W, b], good, optimizer.init([W]))),
  );
  expect(texts).toMatchInlineSnapshot(`
    [
      "RangeError: sgd().step() expects state.velocity of 2 arrays, one for each parameter, but state.velocity has 1",
      "RangeError: adam().step() expects state.m of 2 arrays, one for each parameter, but state.m has 1",
      "RangeError: scaleByAdam().update() expects state.m of 2 arrays, one for each parameter, but state.m has 1",
      "RangeError: trace().update() expects state.velocity of 2 arrays, one for each parameter, but state.velocity has 1",
    ]
  `);
  expect(
    refused(() => chain(trace({ momentum: 0 })).step([W, b], good, [] as never)),
  ).toMatchInlineSnapshot(
    `"RangeError: chain().step() expects state of 1 transforms, but state has 0"`,
  );
});

test("snapshot() refuses what is no state", () => {
  expect([
    refused(() => snapshot({ m: ["1"] })),
    refused(() => snapshot({ m: null })),
    refused(() => snapshot(new Map())),
    refused(() => snapshot({ m: new Int32Array(1) })),
  ]).toMatchInlineSnapshot(`
    [
      "TypeError: snapshot() expects numbers, float arrays, and plain objects and arrays of them, but state.m[0] is String",
      "TypeError: snapshot() expects numbers, float arrays, and plain objects and arrays of them, but state.m is Null",
      "TypeError: snapshot() expects numbers, float arrays, and plain objects and arrays of them, but state is Map",
      "TypeError: snapshot() expects numbers, float arrays, and plain objects and arrays of them, but state.m is Int32Array",
    ]
  `);
});

test("restore() refuses a snapshot that does not fit, and writes nothing", () => {
  const state = { step: 1, m: [Float32Array.of(1, 2)] };
  const before = snapshot(state);
  expect([
    refused(() => restore(state, { step: 5, m: [Float32Array.of(1)] })),
    refused(() => restore(state, { step: 5, m: [Float32Array.of(1, 2, 3)] })),
    refused(() => restore(state, { step: 5, m: [Float64Array.of(1, 2)] as never })),
    refused(() => restore(state, { step: 5, m: [] })),
    refused(() => restore(state, { step: 5 } as never)),
    refused(() => restore(state, { ...state, step: "5" as never })),
    refused(() => restore(state, null as never)),
  ]).toMatchInlineSnapshot(`
    [
      "RangeError: restore() expects a snapshot of this state, but state.m[0] has 2 elements and in the snapshot 1",
      "RangeError: restore() expects a snapshot of this state, but state.m[0] has 2 elements and in the snapshot 3",
      "TypeError: restore() expects a snapshot of this state, but state.m[0] is a Float32Array and in the snapshot a Float64Array",
      "TypeError: restore() expects a snapshot of this state, but state.m is an array of 1 and in the snapshot an array of 0",
      "TypeError: restore() expects a snapshot of this state, but state is an object of { m, step } and in the snapshot an object of { step }",
      "TypeError: restore() expects a snapshot of this state, but state.step is a number and in the snapshot a string",
      "TypeError: restore() expects a snapshot of this state, but state is an object of { m, step } and in the snapshot null",
    ]
  `);
  expect(state).toEqual(before);
});
