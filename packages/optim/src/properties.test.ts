import { expectAllClose } from "@feedforward/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  adam,
  addDecayedWeights,
  chain,
  clipByGlobalNorm,
  cosine,
  type FloatArray,
  inverseTime,
  type Optimizer,
  restore,
  scaleByAdam,
  scaleByLearningRate,
  sgd,
  snapshot,
  trace,
  warmUp,
} from "./index.ts";

const floats = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
  minLength: 1,
  maxLength: 5,
});
/** Parameters, and two rounds of gradients for each. */
const problem = fc.array(
  floats.chain((w) =>
    fc.record({
      w: fc.constant(w),
      rank: fc.integer({ min: 1, max: 2 }),
      g: fc.array(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
          minLength: w.length,
          maxLength: w.length,
        }),
        { minLength: 2, maxLength: 2 },
      ),
    }),
  ),
  { maxLength: 3 },
);
type Problem = typeof problem extends fc.Arbitrary<infer P> ? P : never;

const paramsOf = (of: Problem) =>
  of.map(({ w, rank }) => ({
    shape: rank === 1 ? [w.length] : [1, w.length],
    data: Float64Array.from(w),
  }));
const gradsOf = (of: Problem, t: number) => of.map(({ g }) => Float64Array.from(g[t]!));

function run(optimizer: Optimizer<unknown>, of: Problem): FloatArray[] {
  const params = paramsOf(of);
  const state = optimizer.init(params);
  for (const t of [0, 1]) optimizer.step(params, gradsOf(of, t), state);
  return params.map((p) => p.data);
}
const norm = (grads: readonly FloatArray[]): number => Math.hypot(...grads.flatMap((g) => [...g]));

describe("chain()", () => {
  test("is associative", () => {
    fc.assert(
      fc.property(problem, (of) => {
        const a = clipByGlobalNorm(1);
        const b = trace({ momentum: 0.9 });
        const c = scaleByAdam();
        const flat = run(chain(a, b, c), of);
        expect(run(chain(a, chain(b, c)), of)).toEqual(flat);
        expect(run(chain(chain(a, b), c), of)).toEqual(flat);
        expect(run(chain(a, chain(), b, c), of)).toEqual(flat);
      }),
    );
  });

  test("of nothing is descent with rate 1", () => {
    fc.assert(
      fc.property(problem, (of) => {
        expect(run(chain(), of)).toEqual(run(sgd({ learningRate: 1 }), of));
      }),
    );
  });

  test("agrees with the fused optimizers to rounding", () => {
    fc.assert(
      fc.property(problem, (of) => {
        const adamw = run(adam({ learningRate: 0.01, weightDecay: 0.1 }), of);
        run(chain(scaleByAdam(), addDecayedWeights(0.1), scaleByLearningRate(0.01)), of).forEach(
          (data, i) => {
            expectAllClose(data, adamw[i]!, { relative: 1e-13, absolute: 1e-14 });
          },
        );
        for (const nesterov of [false, true]) {
          const fused = run(
            sgd({ learningRate: 0.1, momentum: 0.9, nesterov, weightDecay: 0.1 }),
            of,
          );
          run(
            chain(
              trace({ momentum: 0.9, nesterov }),
              addDecayedWeights(0.1),
              scaleByLearningRate(0.1),
            ),
            of,
          ).forEach((data, i) => {
            expectAllClose(data, fused[i]!, { relative: 1e-13, absolute: 1e-14 });
          });
        }
      }),
    );
  });
});

describe("clipByGlobalNorm()", () => {
  test.each([Float32Array, Float64Array])(
    "never raises a norm, nor lets a larger one through: %o",
    (Floats) => {
      const wild = fc.array(
        fc.array(fc.double({ min: -1e30, max: 1e30, noNaN: true }), { minLength: 1, maxLength: 4 }),
        { minLength: 1, maxLength: 3 },
      );
      fc.assert(
        fc.property(fc.oneof(fc.array(floats, { minLength: 1, maxLength: 3 }), wild), (list) => {
          const grads = list.map((g) => Floats.from(g));
          const params = grads.map((g) => ({ shape: [g.length], data: new Floats(g.length) }));
          const clip = clipByGlobalNorm(2);
          const before = norm(grads);
          clip.update(params, grads, clip.init(params));
          expect(norm(grads)).toBeLessThanOrEqual(Math.min(before, 2 * (1 + 1e-6)));
          if (before > 2) expect(norm(grads)).toBeGreaterThan(2 * (1 - 2e-6));
          else if (before < 1.999) expect(norm(grads)).toBe(before);
        }),
      );
    },
  );

  test("keeps the direction of gradients whose squares overflow float32", () => {
    const grads = [Float32Array.of(3e25), Float32Array.of(4e25)];
    const params = grads.map(() => ({ shape: [1], data: new Float32Array(1) }));
    const clip = clipByGlobalNorm(1);
    clip.update(params, grads, clip.init(params));
    expectAllClose([grads[0]![0]!, grads[1]![0]!], [0.6, 0.8]);
  });

  test("makes all gradients NaN when one is, and an infinite one NaN", () => {
    const params = [0, 1].map(() => ({ shape: [1], data: new Float64Array(1) }));
    const clip = clipByGlobalNorm(1);
    const clipped = (...values: number[]): number[] => {
      const grads = values.map((g) => Float64Array.of(g));
      clip.update(params, grads, clip.init(params));
      return grads.map((g) => g[0]!);
    };
    expect(clipped(Number.NaN, 1)).toEqual([Number.NaN, Number.NaN]);
    expect(clipped(Number.POSITIVE_INFINITY, 1)).toEqual([Number.NaN, 0]);
    expect(clipped(0, 0)).toEqual([0, 0]);
  });
});

describe("adam()", () => {
  test("moves by the learning rate on its first step", () => {
    const gradient = fc
      .tuple(fc.double({ min: 1e-4, max: 1e6, noNaN: true }), fc.boolean())
      .map(([size, up]) => (up ? size : -size));
    fc.assert(
      fc.property(gradient, (g) => {
        const w = { shape: [1], data: new Float64Array(1) };
        const optimizer = adam({ learningRate: 0.25 });
        optimizer.step([w], [Float64Array.of(g)], optimizer.init([w]));
        expect(w.data[0]).toBeCloseTo(-0.25 * Math.sign(g), 4);
      }),
    );
  });

  test("leaves a weight whose gradients are 0 where it is", () => {
    const w = { shape: [1], data: Float64Array.of(3) };
    const optimizer = adam();
    const state = optimizer.init([w]);
    for (let t = 0; t < 10; t++) optimizer.step([w], [Float64Array.of(0)], state);
    expect(w.data[0]).toBe(3);
  });

  test("and sgd() leave the gradients as they are", () => {
    const w = { shape: [1, 2], data: Float64Array.of(3, 4) };
    const g = Float64Array.of(1, -2);
    const list: Optimizer<unknown>[] = [
      adam({ weightDecay: 0.1 }),
      sgd({ learningRate: 1, weightDecay: 0.1 }),
      sgd({ learningRate: 1, momentum: 0.9 }),
      sgd({ learningRate: 1, momentum: 0.9, nesterov: true }),
    ];
    for (const optimizer of list) optimizer.step([w], [g], optimizer.init([w]));
    expect([...g]).toEqual([1, -2]);
  });
});

describe("snapshot() and restore()", () => {
  const optimizers: readonly Optimizer<unknown>[] = [
    sgd({ learningRate: 0.1, momentum: 0.9 }),
    adam({ learningRate: ({ step }) => 1 / (1 + step), weightDecay: 0.1 }),
    chain(clipByGlobalNorm(1), chain(scaleByAdam(), trace({ momentum: 0.5 }))),
  ];

  test("give a bit-equal next step", () => {
    fc.assert(
      fc.property(problem, fc.constantFrom(...optimizers), (of, optimizer) => {
        const params = paramsOf(of);
        const state = optimizer.init(params) as object;
        optimizer.step(params, gradsOf(of, 0), state);
        const kept = snapshot(state);
        const weights = snapshot(params.map((p) => p.data));
        optimizer.step(params, gradsOf(of, 1), state);
        const expected = snapshot([state, params.map((p) => p.data)]);

        restore(state, kept);
        restore(
          params.map((p) => p.data),
          weights,
        );
        optimizer.step(params, gradsOf(of, 1), state);
        expect([state, params.map((p) => p.data)]).toEqual(expected);
      }),
    );
  });

  test("copy out of a larger memory, and alias nothing", () => {
    const memory = new ArrayBuffer(1024);
    const state = { step: 3, m: [new Float32Array(memory, 512, 2)] };
    const kept = snapshot(state);
    state.m[0]!.fill(7);
    state.step = 4;
    expect(kept).toEqual({ step: 3, m: [Float32Array.of(0, 0)] });
    expect(kept.m[0]!.buffer.byteLength).toBe(8);
    const view = state.m[0];
    restore(state, kept);
    expect(state).toEqual({ step: 3, m: [Float32Array.of(0, 0)] });
    expect(state.m[0]).toBe(view);
  });

  test("keep NaN, infinities and -0", () => {
    const state = { a: Number.NaN, b: -0, c: Float64Array.of(Number.NaN, -0, -1 / 0) };
    expect(snapshot(state)).toEqual(state);
  });
});

test("cosine() ends exactly where it is told, and stays there", () => {
  const schedule = cosine({ from: 0.1, to: 0.01, steps: 20 });
  for (const step of [20, 21, 30, 1e9]) expect(schedule({ step })).toBe(0.01);
});

test("warmUp() begins the schedule after it at its first step", () => {
  const later = inverseTime({ from: 0.1, decay: 1 });
  // biome-ignore lint/suspicious/noThenProperty: the option's name; it is no promise
  const schedule = warmUp({ steps: 5, then: later });
  for (const step of [0, 1, 7]) expect(schedule({ step: 5 + step })).toBe(later({ step }));
});
