import {
  type Activation,
  elu,
  leakyRelu,
  relu,
  sigmoid,
  softplus,
  tanh,
} from "@feedforward/activations";
import type { FloatArray, Session, Zeros } from "@feedforward/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dense,
  dropout,
  type JsonObject,
  type Layer,
  load,
  mlp,
  type Network,
  predict,
  save,
} from "./index.ts";

/** A layer of one's own: h = s x, with one s for each column. */
const scale = (options: { start: number; note: string }): Layer => ({
  name: "scale",
  options,
  outputs: (inputs) => inputs,
  parameters: (inputs) => [
    { name: "s", shape: [inputs], initialise: (s) => s.fill(options.start) },
    { name: "none", shape: [0, 3] },
  ],
  layout: (zeros: Zeros, batch: number, inputs: number) => ({
    out: zeros(batch * inputs, "float"),
    params: [zeros(inputs, "float"), zeros(0, "float")],
    grads: [zeros(inputs, "float"), zeros(0, "float")],
  }),
  forward: (session: Session, at, x: FloatArray, rows: number) =>
    session.call(multiplyColumns, at.out, x, at.params![0]!, rows),
  backward: () => {},
});
const multiplyColumns = (out: FloatArray, x: FloatArray, s: FloatArray, rows: number): void => {
  for (let i = 0; i < rows * s.length; i++) out[i] = x[i]! * s[i % s.length]!;
};

/** Everything of a network but the functions. */
const content = (net: Network): unknown => ({
  ...net,
  layers: net.layers.map(({ layer: { name, options }, params }) => ({ name, options, params })),
});

const square: Activation = {
  name: "square",
  g: (a) => a * a,
  dg: (a) => 2 * a,
  gain: 1,
  range: [0, Number.POSITIVE_INFINITY],
};

describe.each(["float32", "float64"] as const)("save() and load() in %s", (dtype) => {
  const standardiser = { mean: Float64Array.of(0.1, 0.2), std: Float32Array.of(1 / 3, 2) };
  const labels = ["cat", '🐕 "dog"', "emu\n"];
  const layers = [
    dense(3, leakyRelu({ slope: 0.1 })),
    dropout(0.25),
    scale({ start: 0.3, note: "É" }),
    dense(2, tanh),
    dense(4, elu({ alpha: 0.7 })),
    dense(2, square),
    dense(3),
  ];
  const net = mlp(2, layers, { seed: 2 ** 32 - 1, dtype, labels, standardiser });
  const given = {
    activations: [
      relu,
      elu({ alpha: 0.7 }),
      leakyRelu({ slope: 0.2 }),
      leakyRelu({ slope: 0.1 }),
      tanh,
      square,
    ],
    layers: { scale: (options: JsonObject) => scale(options as { start: number; note: string }) },
  };

  test("bring back every bit of the network, and what was kept with it", () => {
    const metadata = {
      "é 漢 🙂": ["\ud800", null, true, { __proto__: 1, deep: [-1.5e-300] }],
      "": 0,
    };
    const loaded = load(save(net, { metadata }), given);
    expect(content(loaded.net)).toEqual(content(net));
    expect(loaded.metadata).toEqual(metadata);
    const x = { shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) } as const;
    expect(predict(loaded.net, x)).toEqual(predict(net, x));
  });

  test("give the same bytes again", () => {
    const bytes = save(net, { metadata: { a: 1 } });
    const { net: again, metadata } = load(bytes, given);
    expect(save(again, { metadata })).toEqual(bytes);
    expect(save(net, { metadata })).toEqual(bytes);
  });

  test("share no memory with the file", () => {
    const bytes = save(net);
    const loaded = load(bytes, given);
    bytes.fill(0);
    expect(content(loaded.net)).toEqual(content(net));
  });

  test("take a file from the middle of a larger buffer, at any alignment", () => {
    const bytes = save(net);
    const larger = new Uint8Array(bytes.length + 20).fill(7);
    larger.set(bytes, 3);
    const loaded = load(larger.subarray(3, 3 + bytes.length), given);
    expect(content(loaded.net)).toEqual(content(net));
  });
});

test("load() brings back every activation with its options", () => {
  for (const activation of [relu, sigmoid, tanh, softplus, leakyRelu(), elu({ alpha: 2 })]) {
    const net = mlp(1, [dense(1, activation)]);
    const layer = load(save(net), { activations: [activation] }).net.layers[0]?.layer;
    expect(layer?.options).toEqual(net.layers[0]?.layer.options);
  }
});

test("a network without labels or standardiser has none when it is loaded", () => {
  const { net, metadata } = load(save(mlp(1, [dense(1)])));
  expect("labels" in net || "standardiser" in net).toBe(false);
  expect(metadata).toEqual({});
});

test("any weights and metadata come back bit for bit", () => {
  const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 });
  const text = units.map((codes) => String.fromCharCode(...codes)); // lone surrogates too
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const leaf = fc.oneof(text, number, fc.boolean(), fc.constant(null));
  const entries = fc.array(fc.tuple(text, fc.oneof(leaf, fc.array(leaf))), { maxLength: 4 });
  const weights = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 4,
    maxLength: 4,
  });
  fc.assert(
    fc.property(weights, entries, (W, list) => {
      const net = mlp(2, [dense(2)]);
      net.layers[0]?.params[0]?.data.set(W);
      const metadata: JsonObject = Object.fromEntries(list);
      const loaded = load(save(net, { metadata }));
      expect(content(loaded.net)).toEqual(content(net));
      expect(JSON.stringify(loaded.metadata)).toBe(JSON.stringify(metadata));
    }),
  );
});

test("save() refuses what it could not bring back", () => {
  const net = mlp(2, [dense(2)]);
  const saving = (metadata: unknown) => (): unknown =>
    save(net, { metadata: metadata as JsonObject });
  expect(saving({ a: [1, Number.NaN] })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: save() expects metadata.a[1] to be JSON, but metadata.a[1] is NaN]`,
  );
  expect(saving({ a: undefined })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: save() expects metadata.a to be JSON, but metadata.a is undefined]`,
  );
  expect(saving({ a: () => 1 })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: save() expects metadata.a to be JSON, but metadata.a is a function]`,
  );
  expect(saving({ a: 1n })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: save() expects metadata.a to be JSON, but metadata.a is a bigint]`,
  );
  expect(saving({ a: { b: new Date(0) } })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: save() expects metadata.a.b to be JSON, but metadata.a.b is a Date]`,
  );
  expect(saving({ a: new Float32Array(2) })).toThrow("metadata.a is a Float32Array");
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(saving(circle)).toThrow("is more than 100 deep, or in a circle");
  const odd = { ...scale({ start: 1, note: "" }), options: { rate: Number.POSITIVE_INFINITY } };
  expect(() => save(mlp(1, [odd]))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: save() expects layers[0].options.rate to be JSON, but layers[0].options.rate is Infinity]`,
  );
  const twins = {
    ...odd,
    options: {},
    parameters: () => [
      { name: "s", shape: [1] },
      { name: "s", shape: [1] },
    ],
  };
  expect(() => save(mlp(1, [twins]))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: save() expects each parameter of a layer to have a name of its own, but two are layers.0.s]`,
  );
  net.layers[0]!.params[0]!.data[3] = Number.NaN;
  expect(saving({})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: save() expects finite weights, but layers.0.W is NaN at 3]`,
  );
});
