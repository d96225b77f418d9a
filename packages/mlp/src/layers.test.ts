import * as activations from "@feedforward/activations";
import {
  type Backend,
  type Dtype,
  type FloatArray,
  normal,
  products,
  reference,
} from "@feedforward/tensor";
import { expectAllClose, guard, numericGradient } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { whileTraining } from "./draw-mask.ts";
import type * as module from "./index.ts";
import { dense, dropout, heNormal, heUniform, type Layer, type LayerBuffers } from "./index.ts";

/** The exports of a module that make a T: one of them that is not listed below is a type error. */
type FactoryOf<T, M> = {
  [K in keyof M]: M[K] extends (...args: never[]) => T ? K : never;
}[keyof M];

type ActivationFactory = FactoryOf<activations.Activation, typeof activations>;
const withOptions: Readonly<Record<ActivationFactory, readonly activations.Activation[]>> = {
  leakyRelu: [activations.leakyRelu({ slope: 0.2 }), activations.leakyRelu({ slope: -0.5 })],
  elu: [activations.elu({ alpha: 2 })],
};
const everyActivation = [
  ...Object.values(activations).map((it) => (typeof it === "function" ? it() : it)),
  ...Object.values(withOptions).flat(),
];

const cases: Readonly<Record<FactoryOf<Layer, typeof module>, readonly Layer[]>> = {
  dense: [
    dense(1),
    dense(6, activations.relu, { initialise: heNormal }),
    dense(6, activations.tanh, { initialise: heUniform }),
    ...everyActivation.map((activation) => dense(5, activation)),
  ],
  dropout: [0, 0.1, 0.5, 0.9].map(dropout),
};
const table = Object.values(cases)
  .flat()
  .map((layer) => ({ label: `${layer.name} ${JSON.stringify(layer.options)}`, layer }));

const BATCH = 4;
const INPUTS = 3;
const [SEED, STEP] = [3, 5];

interface Laid {
  readonly at: LayerBuffers;
  readonly x: FloatArray;
  readonly gradOut: FloatArray;
  readonly gradX: FloatArray;
  forward(rows: number, training?: boolean): void;
  backward(rows: number): void;
}

/** A layer alone, with normal numbers in its parameters, its input and the gradient of its output. */
function layOut(layer: Layer, backend: Backend, dtype: Dtype): Laid {
  const { session, buffers } = backend.open(dtype, (zeros) => ({
    at: layer.layout(zeros, BATCH, INPUTS),
    x: zeros(BATCH * INPUTS, "float"),
    gradOut: zeros(BATCH * layer.outputs(INPUTS), "float"),
    gradX: zeros(BATCH * INPUTS, "float"),
  }));
  const { at, x, gradOut, gradX } = buffers;
  const random = [x, gradOut, ...(at.params ?? [])];
  for (const [stream, data] of random.entries()) normal(data, { seed: 1, stream, counter: 0 });
  session.push(...random);
  return {
    ...buffers,
    forward: (rows, training = true) =>
      layer.forward(session, at, x, rows, {
        training: training && whileTraining,
        seed: SEED,
        step: STEP,
        layer: 2,
      }),
    backward: (rows) => layer.backward(session, at, x, rows, gradOut, gradX),
  };
}

/** The bits of everything that a forward and a backward pass write. */
function bits(layer: Layer, backend: Backend, dtype: Dtype, rows: number): Uint8Array[] {
  const laid = layOut(layer, backend, dtype);
  laid.forward(rows);
  laid.backward(rows);
  return [laid.at.out, laid.gradX, ...(laid.at.grads ?? [])].map(
    (data) => new Uint8Array(data.slice().buffer),
  );
}

describe.each(table)("$label", ({ layer }) => {
  test("lays out what its parameters and its width ask for", () => {
    const { at } = layOut(layer, reference, "float64");
    const sizes = layer
      .parameters(INPUTS)
      .map(({ shape }) => shape.reduce((product, length) => product * length, 1));
    expect(at.out).toHaveLength(BATCH * layer.outputs(INPUTS));
    expect((at.params ?? []).map(({ length }) => length)).toEqual(sizes);
    expect((at.grads ?? []).map(({ length }) => length)).toEqual(sizes);
  });

  test("its options survive JSON", () => {
    expect(JSON.parse(JSON.stringify(layer.options))).toEqual(layer.options);
  });

  test.each([1, 3, BATCH])("its gradients are the central differences, for %i rows", (rows) => {
    const laid = layOut(layer, reference, "float64");
    const { at, x, gradX } = laid;
    const count = rows * layer.outputs(INPUTS);
    const weights = Array.from(laid.gradOut.subarray(0, count));
    laid.forward(rows);
    const a = at.a?.subarray(0, count) ?? [];
    expect(Math.min(1, ...Array.from(a, Math.abs))).toBeGreaterThan(1e-3); // no kink nearby
    laid.backward(rows);
    // The sum of the outputs, each times what the layer was told is its gradient.
    const value = (): number => {
      laid.forward(rows);
      return weights.reduce((sum, weight, i) => sum + weight * at.out[i]!, 0);
    };
    const tolerance = { relative: 1e-6, absolute: 1e-9 };
    const numeric = (data: FloatArray): Float64Array =>
      numericGradient(value, data as Float64Array);
    expectAllClose(gradX.slice(0, rows * INPUTS), numeric(x.subarray(0, rows * INPUTS)), tolerance);
    for (const [i, data] of (at.params ?? []).entries())
      expectAllClose(at.grads![i]!, numeric(data), tolerance);
  });

  test.each([
    ["float32", BATCH],
    ["float32", 3],
    ["float32", 1],
    ["float32", 0],
    ["float64", BATCH],
    ["float64", 3],
    ["float64", 1],
    ["float64", 0],
  ] as const)("has the same bits on guarded memory, in %s for %i rows", (dtype, rows) => {
    const expected = bits(layer, reference, dtype, rows);
    expect(bits(layer, guard(products), dtype, rows)).toEqual(expected);
  });

  test("reads and writes nothing beyond the rows it was given", () => {
    const rows = 2;
    const clean = layOut(layer, reference, "float64");
    const dirty = layOut(layer, reference, "float64");
    const outputs = layer.outputs(INPUTS);
    dirty.x.fill(Number.NaN, rows * INPUTS);
    dirty.gradOut.fill(Number.NaN, rows * outputs);
    dirty.at.out.fill(7, rows * outputs);
    dirty.gradX.fill(7, rows * INPUTS);
    for (const laid of [clean, dirty]) {
      laid.forward(rows);
      laid.backward(rows);
    }
    expect(dirty.at.grads).toEqual(clean.at.grads);
    expect(dirty.at.out.subarray(0, rows * outputs)).toEqual(
      clean.at.out.subarray(0, rows * outputs),
    );
    expect(dirty.gradX.subarray(0, rows * INPUTS)).toEqual(clean.gradX.subarray(0, rows * INPUTS));
    expect(new Set(dirty.at.out.subarray(rows * outputs))).toEqual(new Set([7]));
    expect(new Set(dirty.gradX.subarray(rows * INPUTS))).toEqual(new Set([7]));
  });

  test("a gradient of nothing is nothing: backward() overwrites what was there", () => {
    const laid = layOut(layer, reference, "float64");
    for (const data of [laid.gradX, ...(laid.at.grads ?? [])]) data.fill(7);
    laid.gradOut.fill(0);
    laid.forward(BATCH);
    laid.backward(BATCH);
    for (const data of [laid.gradX, ...(laid.at.grads ?? [])])
      expect(data.every((value) => value === 0)).toBe(true);
  });

  test("a row comes out as it would alone, while it is not trained", () => {
    const laid = layOut(layer, reference, "float32");
    laid.forward(BATCH, false);
    const together = laid.at.out.slice();
    const outputs = layer.outputs(INPUTS);
    for (let r = 0; r < BATCH; r++) {
      laid.x.copyWithin(0, r * INPUTS, (r + 1) * INPUTS);
      laid.forward(1, false);
      expect(laid.at.out.subarray(0, outputs)).toEqual(
        together.subarray(r * outputs, (r + 1) * outputs),
      );
    }
  });

  test("NaN in a parameter, or else in the input, reaches the output", () => {
    const laid = layOut(layer, reference, "float32");
    (laid.at.params?.[0] ?? laid.x).fill(Number.NaN);
    laid.forward(BATCH);
    expect(laid.at.out.every(Number.isNaN)).toBe(true);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "%f in one row leaves the other rows as they were",
    (value) => {
      const [clean, dirty] = [0, 1].map(() => layOut(layer, reference, "float32")) as [Laid, Laid];
      dirty.x.fill(value, INPUTS, 2 * INPUTS);
      for (const laid of [clean, dirty]) {
        laid.forward(BATCH);
        laid.backward(BATCH);
      }
      const others = (data: FloatArray, columns: number): number[] =>
        [...data].filter((_, i) => Math.floor(i / columns) !== 1);
      const outputs = layer.outputs(INPUTS);
      expect(others(dirty.at.out, outputs)).toEqual(others(clean.at.out, outputs));
      expect(others(dirty.gradX, INPUTS)).toEqual(others(clean.gradX, INPUTS));
    },
  );

  test("inputs of ±1e4 give finite outputs and gradients", () => {
    const laid = layOut(layer, reference, "float32");
    for (let i = 0; i < laid.x.length; i++) laid.x[i] = i % 2 ? 1e4 : -1e4;
    laid.forward(BATCH);
    laid.backward(BATCH);
    for (const data of [laid.at.out, laid.gradX, ...(laid.at.grads ?? [])])
      expect(data.every(Number.isFinite)).toBe(true);
  });
});
