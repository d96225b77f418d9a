import { describe, expect, test } from "vitest";
import * as optim from "./index.ts";
import {
  type Call,
  type FloatArray,
  type Optimizer,
  type Parameter,
  restore,
  type Schedule,
  snapshot,
  type Transform,
} from "./index.ts";

const { adam, addDecayedWeights, chain, clipByGlobalNorm } = optim;
const { cosine, inverseTime, scaleByAdam, scaleByLearningRate, sgd, trace, warmUp } = optim;

// Every export stands in exactly one of these tables.
const optimizers: Readonly<Record<string, Readonly<Record<string, Optimizer<unknown>>>>> = {
  adam: {
    "adam()": adam(),
    "adam({ learningRate })": adam({ learningRate: 0.05 }),
    "adam({ cosine })": adam({ learningRate: cosine({ from: 0.1, to: 0.01, steps: 1000 }) }),
    "adam({ beta1: 0 })": adam({ learningRate: 0.01, beta1: 0 }),
    "adam({ weightDecay })": adam({ learningRate: 0.05, weightDecay: 1e-6, mask: () => true }),
  },
  sgd: {
    "sgd({ learningRate })": sgd({ learningRate: 5e-4 }),
    "sgd({ momentum })": sgd({ learningRate: 5e-4, momentum: 0.9 }),
    "sgd({ nesterov })": sgd({ learningRate: 5e-4, momentum: 0.9, nesterov: true }),
    "sgd({ inverseTime })": sgd({ learningRate: inverseTime({ from: 5e-4, decay: 1e-6 }) }),
    "sgd({ weightDecay })": sgd({ learningRate: 5e-4, weightDecay: 1e-6 }),
  },
  chain: {
    "chain(adam)": chain(scaleByAdam(), scaleByLearningRate(0.05)),
    "chain(everything)": chain(
      clipByGlobalNorm(10),
      trace({ momentum: 0.5 }),
      scaleByAdam(),
      addDecayedWeights(1e-6),
      scaleByLearningRate(cosine({ from: 0.05, to: 1e-5, steps: 20_000 })),
    ),
  },
};
const transforms: Readonly<Record<string, readonly Transform<unknown>[]>> = {
  addDecayedWeights: [addDecayedWeights(0.1), addDecayedWeights(0.1, { mask: () => true })],
  clipByGlobalNorm: [clipByGlobalNorm(1)],
  scaleByAdam: [scaleByAdam(), scaleByAdam({ beta1: 0.5, beta2: 0.5, epsilon: 1e-3 })],
  scaleByLearningRate: [
    scaleByLearningRate(0.1),
    scaleByLearningRate(inverseTime({ from: 1, decay: 1 })),
  ],
  trace: [trace({ momentum: 0.9 }), trace({ momentum: 0.9, nesterov: true })],
};
const schedules: Readonly<Record<string, readonly Schedule[]>> = {
  constant: [optim.constant(0.1)],
  cosine: [cosine({ from: 0.1, steps: 100 }), cosine({ from: 0.01, to: 0.1, steps: 7 })],
  inverseTime: [inverseTime({ from: 0.1, decay: 0 }), inverseTime({ from: 0.1, decay: 1 })],
  // biome-ignore lint/suspicious/noThenProperty: the option's name; it is no promise
  warmUp: [warmUp({ steps: 10, then: cosine({ from: 0.1, steps: 100 }) })],
};
const ofState = { restore, snapshot };

test("every export is tested", () => {
  const listed = [optimizers, transforms, schedules, ofState].flatMap((table) =>
    Object.keys(table),
  );
  expect(Object.keys(optim).sort()).toEqual(listed.sort());
});

const every = [
  ...Object.values(optimizers).flatMap((cases) => Object.entries(cases)),
  ...Object.entries(transforms).flatMap(([name, list]) =>
    list.map((t, k): [string, Optimizer<unknown>] => [`chain(${name} ${k})`, chain(t)]),
  ),
];
const minimizers = Object.values(optimizers).flatMap((cases) => Object.entries(cases));

/** A matrix and a bias of one kind, and gradients for them. */
function setUp(Floats: Float32ArrayConstructor | Float64ArrayConstructor) {
  const params: Parameter[] = [
    { shape: [2, 2], data: Floats.of(1, -2, 3, -4) },
    { shape: [3], data: Floats.of(0.5, -0.25, 2) },
  ];
  const grads = (): FloatArray[] => [Floats.of(1, 2, -3, 0), Floats.of(0, 0.5, 100)];
  return { params, grads };
}

/** All float arrays in a state. */
function buffersOf(state: unknown): FloatArray[] {
  if (state instanceof Float32Array || state instanceof Float64Array) return [state];
  return typeof state === "object" && state !== null ? Object.values(state).flatMap(buffersOf) : [];
}

describe.each(minimizers)("%s", (_name, optimizer) => {
  const minimize = (
    start: readonly number[],
    gradient: (x: FloatArray) => number[],
    steps: number,
  ) => {
    const x = { shape: [1, start.length], data: Float64Array.from(start) };
    const state = optimizer.init([x]);
    for (let t = 0; t < steps; t++)
      optimizer.step([x], [Float64Array.from(gradient(x.data))], state);
    return x.data;
  };

  test("reaches the minimum of a quadratic", () => {
    const [x, y] = minimize([1, -1], ([a, b]) => [2 * (a! - 0.5), 20 * (b! + 0.25)], 20_000);
    expect(x).toBeCloseTo(0.5, 2);
    expect(y).toBeCloseTo(-0.25, 2);
  });

  test("descends Rosenbrock's valley", () => {
    const value = ([a, b]: FloatArray): number => (1 - a!) ** 2 + 100 * (b! - a! * a!) ** 2;
    const end = minimize(
      [-1.2, 1],
      ([a, b]) => [-2 * (1 - a!) - 400 * a! * (b! - a! * a!), 200 * (b! - a! * a!)],
      20_000,
    );
    expect(value(Float64Array.of(-1.2, 1))).toBeCloseTo(24.2);
    expect(value(end)).toBeLessThan(0.05);
  });
});

describe.each(every)("%s", (_name, optimizer) => {
  test.each([Float32Array, Float64Array])("keeps a state of its parameters' kind: %o", (Floats) => {
    const { params } = setUp(Floats);
    for (const buffer of buffersOf(optimizer.init(params))) expect(buffer).toBeInstanceOf(Floats);
  });

  test("hands only buffers of parameters, gradients and state to tagged definitions", () => {
    const { params, grads } = setUp(Float32Array);
    const allocated: FloatArray[] = [];
    const state = optimizer.init(params, (like) => {
      allocated.push(new Float32Array(like.length));
      return allocated.at(-1)!;
    });
    expect(buffersOf(state)).toEqual(allocated);
    const g = grads();
    const known = new Set<unknown>([...params.map((p) => p.data), ...g, ...allocated]);
    const tags = new Set<unknown>();
    const spy: Call = (f, ...args) => {
      tags.add(f.kernel?.[0]);
      for (const arg of args) if (typeof arg !== "number") expect(known.has(arg)).toBe(true);
      f(...args);
    };
    optimizer.step(params, g, state, spy);
    expect(tags.size).toBeGreaterThan(0);
    expect(tags.has(undefined)).toBe(false);
  });

  test("changes nothing but through call", () => {
    const { params, grads } = setUp(Float64Array);
    const state = optimizer.init(params);
    const before = snapshot([params.map((p) => p.data), buffersOf(state)]);
    optimizer.step(params, grads(), state, () => {});
    expect([params.map((p) => p.data), buffersOf(state)]).toEqual(before);
  });

  test("uses the same definitions at every step", () => {
    const { params, grads } = setUp(Float64Array);
    const state = optimizer.init(params);
    const steps = [0, 1].map(() => {
      const seen: unknown[] = [];
      optimizer.step(params, grads(), state, (f, ..._args) => void seen.push(f));
      return seen;
    });
    steps[0]!.forEach((f, i) => {
      expect(f).toBe(steps[1]![i]);
    });
  });

  test("takes a step without parameters", () => {
    const state = optimizer.init([]);
    optimizer.step([], [], state);
  });

  test("lets NaN through to its weight", () => {
    const { params, grads } = setUp(Float64Array);
    const g = grads();
    g[0]![1] = Number.NaN;
    optimizer.step(params, g, optimizer.init(params));
    expect(params[0]!.data[1]).toBeNaN();
  });

  test("keeps everything finite at gradients of 0, tiny and huge ones", () => {
    for (const g of [0, -0, 5e-324, 1e-200, 1e100]) {
      const { params } = setUp(Float64Array);
      const state = optimizer.init(params);
      for (let t = 0; t < 3; t++)
        optimizer.step(
          params,
          params.map(({ data }) => new Float64Array(data.length).fill(g)),
          state,
        );
      for (const { data } of params) for (const x of data) expect(x).not.toBeNaN();
    }
  });

  test("continues bit for bit from a snapshot", () => {
    const { params, grads } = setUp(Float32Array);
    const state = optimizer.init(params);
    optimizer.step(params, grads(), state);
    const [weights, kept] = snapshot([params.map((p) => p.data), state]) as [FloatArray[], unknown];
    optimizer.step(params, grads(), state);
    const expected = snapshot(params.map((p) => p.data));

    const fresh = params.map(({ shape }, i) => ({ shape, data: weights[i]! }));
    const other = optimizer.init(fresh);
    restore(other as object, kept as object);
    optimizer.step(fresh, grads(), other);
    expect(fresh.map((p) => p.data)).toEqual(expected);
    expect(other).toEqual(state);
  });
});

describe.each(
  Object.entries(schedules).flatMap(([name, list]) => list.map((s) => [name, s] as const)),
)("%s", (_name, schedule) => {
  test("is finite, at least 0, and the same when asked again", () => {
    for (const step of [0, 1, 2, 10, 99, 100, 101, 1e9]) {
      const rate = schedule({ step });
      expect(rate).toBeGreaterThanOrEqual(0);
      expect(rate).toBeLessThan(1);
      expect(schedule({ step })).toBe(rate);
    }
  });
});
