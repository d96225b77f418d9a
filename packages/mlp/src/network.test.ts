import { type Activation, leakyRelu, relu, tanh } from "@feedforward/activations";
import { reference } from "@feedforward/tensor";
import { describe, expect, test } from "vitest";
import { dense, dropout, type Layer, type MlpOptions, mlp } from "./index.ts";

describe("mlp()", () => {
  test("is plain data: widths, layers with their parameters, seed and dtype", () => {
    const layers = [dense(4, relu), dropout(0.5), dense(2)];
    const net = mlp(3, layers, { seed: 7 });
    expect(net.inputs).toBe(3);
    expect(net.outputs).toBe(2);
    expect(net.layers.map(({ layer }) => layer)).toEqual(layers);
    expect(net.layers.map(({ params }) => params.map(({ shape }) => shape))).toEqual([
      [[4, 3], [4]],
      [],
      [[2, 4], [2]],
    ]);
    expect([net.seed, net.dtype]).toEqual([7, "float32"]);
    expect(Object.keys(net)).toEqual(["inputs", "outputs", "layers", "seed", "dtype"]);
    expect(mlp(3, layers).seed).toBe(0);
  });

  test("keeps labels and standardiser", () => {
    const labels = ["cat", "dog"] as const;
    const standardiser = { mean: Float32Array.of(1), std: Float32Array.of(2) };
    const net = mlp(1, [dense(2)], { labels, standardiser });
    expect(net.labels).toBe(labels);
    expect(net.standardiser).toBe(standardiser);
  });

  test("makes fresh parameters each time, though layers may be shared", () => {
    const layer = dense(2);
    const [one, two] = [mlp(2, [layer, layer]), mlp(2, [layer, layer])];
    const arrays = [one, two].flatMap((net) =>
      net.layers.flatMap(({ params }) => params.map(({ data }) => data.buffer)),
    );
    expect(new Set(arrays).size).toBe(8);
  });

  test.each([
    ["float32", Float32Array],
    ["float64", Float64Array],
  ] as const)("holds its parameters in %s", (dtype, Floats) => {
    const net = mlp(2, [dense(2)], { dtype });
    for (const { data } of net.layers[0]!.params) expect(data).toBeInstanceOf(Floats);
  });

  const refused = (inputs: number, layers: unknown, options: MlpOptions = {}) =>
    expect(() => mlp(inputs, layers as readonly Layer[], options));
  const layers = [dense(2)];

  test("says what is wrong with the widths", () => {
    refused(0, layers).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects inputs to be a whole number above 0, but inputs is 0]`,
    );
    refused(2.5, layers).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects inputs to be a whole number above 0, but inputs is 2.5]`,
    );
    refused(2, [dense(3), { ...dense(1), outputs: () => 0 }]).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects outputs of layers[1] to be a whole number above 0, but outputs of layers[1] is 0]`,
    );
  });

  test("says what is wrong with the layers", () => {
    refused(2, []).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects an array of at least one layer, but layers is []: write [dense(outputs)]]`,
    );
    refused(2, dense(2)).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mlp() expects an array of at least one layer, but layers is Object: write [dense(outputs)]]`,
    );
    refused(2, null).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mlp() expects an array of at least one layer, but layers is null: write [dense(outputs)]]`,
    );
    refused(2, [dense(2), dropout]).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mlp() expects layers[1] to have outputs, parameters, layout, forward, backward, but layers[1], Function, has no outputs: call its factory, as in dense(10)]`,
    );
    refused(2, [128, dense(2)]).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mlp() expects layers[0] to have outputs, parameters, layout, forward, backward, but layers[0], 128, has no outputs: call its factory, as in dense(10)]`,
    );
    refused(2, [undefined]).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mlp() expects layers[0] to have outputs, parameters, layout, forward, backward, but layers[0], undefined, has no outputs: call its factory, as in dense(10)]`,
    );
    refused(2, [{ ...dense(2), backward: undefined }]).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: mlp() expects layers[0] to have outputs, parameters, layout, forward, backward, but layers[0], Object, has no backward: call its factory, as in dense(10)]`,
    );
  });

  test("says what is wrong with the options", () => {
    refused(2, layers, { seed: -1 }).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects seed to be a whole number in [0, 4294967296), but seed is -1]`,
    );
    refused(2, layers, { seed: 0.5 }).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects seed to be a whole number in [0, 4294967296), but seed is 0.5]`,
    );
    refused(2, layers, { seed: 2 ** 32 }).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects seed to be a whole number in [0, 4294967296), but seed is 4294967296]`,
    );
    refused(2, layers, { dtype: "float16" as never }).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects dtype "float32" or "float64", but dtype is "float16"]`,
    );
    refused(2, layers, { labels: ["cat"] }).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mlp() expects a label of its own for each of 2 classes, but labels is [cat]]`,
    );
    refused(2, layers, { labels: ["cat", "cat"] }).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects a label of its own for each of 2 classes, but labels is [cat, cat]]`,
    );
  });

  test("says what is wrong with the standardiser", () => {
    const standardised = (mean: number[], std: number[]) =>
      refused(2, layers, {
        standardiser: { mean: Float32Array.from(mean), std: Float32Array.from(std) },
      });
    standardised([0], [1]).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mlp() expects a standardiser of 2 columns, but mean has 1 and std has 1]`,
    );
    standardised([0, 0], [1]).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mlp() expects a standardiser of 2 columns, but mean has 2 and std has 1]`,
    );
    standardised([0, Number.NaN], [1, 1]).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects a finite mean and a finite std above 0, but mean[1] is NaN and std[1] is 1: use 1 for a constant column]`,
    );
    standardised([0, 0], [1, 0]).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects a finite mean and a finite std above 0, but mean[1] is 0 and std[1] is 0: use 1 for a constant column]`,
    );
    standardised([0, 0], [Number.POSITIVE_INFINITY, 1]).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects a finite mean and a finite std above 0, but mean[0] is 0 and std[0] is Infinity: use 1 for a constant column]`,
    );
    standardised([0, 0], [Number.NaN, 1]).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: mlp() expects a finite mean and a finite std above 0, but mean[0] is 0 and std[0] is NaN: use 1 for a constant column]`,
    );
  });
});

describe("dense()", () => {
  test("names its activation, and the constants that its factory was given", () => {
    const own = { ...tanh, name: "own", g: (a: number) => a };
    expect(dense(2).options).toEqual({ units: 2, activation: { name: "linear" } });
    expect(dense(2, leakyRelu({ slope: 0.2 })).options.activation).toEqual({
      name: "leakyRelu",
      constants: [0.2],
    });
    expect(dense(2, own).options.activation).toEqual({ name: "own" });
  });

  test("keeps h where a is, if it is linear", () => {
    const laid = (activation?: Activation) =>
      reference.open("float32", (zeros) => dense(2, activation).layout(zeros, 3, 4));
    expect(laid().session.bytes).toBe(4 * (2 * (2 * 4 + 2) + 3 * 2));
    expect(laid(tanh).session.bytes).toBe(4 * (2 * (2 * 4 + 2) + 2 * 3 * 2));
    const { buffers } = laid();
    expect(buffers.out).toBe(buffers.a);
  });

  test("says what is wrong with the units", () => {
    expect(() => dense(0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: dense() expects units to be a whole number above 0, but units is 0]`,
    );
    expect(() => dense(1.5)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: dense() expects units to be a whole number above 0, but units is 1.5]`,
    );
  });

  test("says what is wrong with the activation", () => {
    const given = (activation: unknown) => expect(() => dense(2, activation as never));
    given("relu").toThrowErrorMatchingInlineSnapshot(
      `[TypeError: dense() expects activation to have g, dg, but activation, "relu", has no g: write relu, or leakyRelu() (a softmax belongs to the loss)]`,
    );
    given(null).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: dense() expects activation to have g, dg, but activation, null, has no g: write relu, or leakyRelu() (a softmax belongs to the loss)]`,
    );
    given((a: number) => a).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: dense() expects activation to have g, dg, but activation, Function, has no g: write relu, or leakyRelu() (a softmax belongs to the loss)]`,
    );
    given({ ...tanh, dg: undefined }).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: dense() expects activation to have g, dg, but activation, Object, has no dg: write relu, or leakyRelu() (a softmax belongs to the loss)]`,
    );
  });
});

test("mlp() says what is wrong with the gain of an activation", () => {
  for (const gain of [undefined, 0, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => mlp(2, [dense(2, { ...tanh, gain } as never)])).toThrow(
      `mlp() expects a finite gain above 0, but the gain of layers.0.W is ${gain}`,
    );
});

test("dropout() says what is wrong with the rate", () => {
  expect(() => dropout(1)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dropout() expects rate in [0, 1), but rate is 1]`,
  );
  expect(() => dropout(-0.1)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dropout() expects rate in [0, 1), but rate is -0.1]`,
  );
  expect(() => dropout("0.5" as never)).toThrow('rate is "0.5"');
  expect(() => dropout(Number.NaN)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dropout() expects rate in [0, 1), but rate is NaN]`,
  );
});
