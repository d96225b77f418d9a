import { relu, tanh } from "@feedforward/activations";
import { expect, test } from "vitest";
import { fileOf } from "../testing/file-of.ts";
import { dense, dropout, load, mlp, save } from "./index.ts";

const net = mlp(2, [dense(3, relu), dropout(0.5), dense(1)], { seed: 1 });
const bytes = save(net);
const start = 8 + new DataView(bytes.buffer).getUint32(0, true);
const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
const description = JSON.parse(header.__metadata__.feedforward);
const numbers = bytes.slice(start);

/** Loads the network's file with another header, other numbers, or another description. */
const loading =
  (changes: { header?: object; numbers?: Uint8Array; description?: unknown }) => (): unknown => {
    const text = changes.description;
    const metadata = {
      feedforward:
        typeof text === "string" ? text : JSON.stringify({ ...description, ...(text ?? {}) }),
    };
    const changed = { ...header, __metadata__: metadata, ...changes.header };
    return load(fileOf(changed, changes.numbers ?? numbers), { activations: [relu] });
  };

test("load() takes the file as it is", () => {
  expect(loading({})).not.toThrow();
});

test("load() refuses a file of another program, or of another version", () => {
  expect(loading({ header: { __metadata__: {} } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a network's description of format 1, but found none: the file is damaged, or of another make]`,
  );
  expect(loading({ description: "[" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a network's description of format 1, but found [: the file is damaged, or of another make]`,
  );
  expect(loading({ description: { format: 2 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a network's description of format 1, but found format: 2: the file is damaged, or of another make]`,
  );
  expect(loading({ description: { version: 2 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a network's description of format 1, but found version: 2: the file is damaged, or of another make]`,
  );
  expect(loading({ description: { inputs: "2" } })).toThrow('format 1, but found inputs: "2"');
  expect(loading({ description: { inputs: 2.5 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects inputs to be a whole number above 0, but inputs is 2.5]`,
  );
  expect(loading({ description: { dtype: "float16" } })).toThrow("format 1, but found dtype: ");
  expect(loading({ description: { seed: null } })).toThrow("format 1, but found seed: ");
  expect(loading({ description: { seed: -1 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects seed to be a whole number in [0, 4294967296), but seed is -1]`,
  );
  expect(loading({ description: { labels: [1] } })).toThrow("format 1, but found labels: ");
  expect(loading({ description: { labels: ["a", "b", "c"] } })).toThrow(RangeError);
  expect(loading({ description: { metadata: [] } })).toThrow("format 1, but found metadata: ");
  expect(loading({ description: { layers: {} } })).toThrow("format 1, but found layers: ");
  expect(loading({ description: { layers: [] } })).toThrow("format 1, but found layers: []");
  const extra = { name: "dense", options: {}, extra: 1 };
  expect(loading({ description: { layers: [extra] } })).toThrow("format 1, but found layers: ");
});

test("load() names the function that it is not given, and those that it is", () => {
  const tanhNet = save(mlp(1, [dense(1, tanh)]));
  expect(() => load(tanhNet, { activations: [relu] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects each activation among {"name":"linear"}, {"name":"relu"}, but the file names {"name":"tanh"}: pass it in activations]`,
  );
  const renamed = { layers: [{ name: "conv", options: {} }] };
  expect(loading({ description: renamed })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects each layer among dense, dropout, but the file names conv: pass it in layers]`,
  );
  const inherited = { layers: [{ name: "toString", options: {} }] };
  expect(loading({ description: inherited })).toThrow("the file names toString");
});

test("load() refuses options that a layer cannot have", () => {
  const withLayer = (name: string, options: object) =>
    loading({ description: { layers: [{ name, options }] } });
  expect(withLayer("dropout", { rate: "0.5" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dropout() expects rate in [0, 1), but rate is "0.5"]`,
  );
  expect(withLayer("dropout", { rate: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dropout() expects rate in [0, 1), but rate is 1]`,
  );
  expect(withLayer("dropout", { rate: 0.5, seed: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with options that dropout has, but found seed: the file is damaged, or of another make]`,
  );
  const activation = { name: "linear" };
  expect(withLayer("dense", { units: "1", activation })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dense() expects units to be a whole number above 0, but units is 1]`,
  );
  expect(withLayer("dense", { units: 1 })).toThrow("the file names undefined");
  expect(withLayer("dense", { units: 1, activation, bias: false })).toThrow(
    "options that dense has, but found bias",
  );
});

test("load() refuses tensors that are not those of the layers", () => {
  const { "layers.0.b": b, ...without } = header;
  expect(
    loading({ header: { "layers.0.b": undefined, other: b } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a tensor layers.0.b, but found layers.2.W, layers.2.b, other: the file is damaged, or of another make]`,
  );
  const transposed = { ...without["layers.0.W"], shape: [2, 3] };
  expect(loading({ header: { "layers.0.W": transposed } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with layers.0.W of [3, 2] in float32, but found [2, 3] in float32: the file is damaged, or of another make]`,
  );
  const [begin] = b.data_offsets;
  const none = { dtype: "F32", shape: [0], data_offsets: [begin, begin] };
  expect(loading({ header: { none } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with no tensor beside its layers', but found none: the file is damaged, or of another make]`,
  );
  expect(loading({ description: { dtype: "float64" } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with layers.0.W of [3, 2] in float64, but found [3, 2] in float32: the file is damaged, or of another make]`,
  );
  const mean = { dtype: "F64", shape: [0], data_offsets: [begin, begin] };
  expect(loading({ header: { "standardiser.mean": mean } })).toThrow("standardiser.mean of [2]");
  expect(loading({ header: { "standardiser.std": mean } })).toThrow("no tensor beside");
});

test("load() refuses numbers that are not finite", () => {
  for (const at of [0, 1])
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const changed = numbers.slice();
      new DataView(changed.buffer).setFloat32(4 * at, value, true);
      expect(loading({ numbers: changed })).toThrow(`${value} at ${at} of layers.0.W`);
    }
  const standardiser = { mean: new Float32Array(2), std: new Float32Array(2).fill(1) };
  const raw = save(mlp(2, [dense(1)], { standardiser }));
  const at = raw.length - 4; // the last number of std
  new DataView(raw.buffer).setFloat32(at, 0, true);
  expect(() => load(raw)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with numbers in (0, Infinity), but found 0 at 1 of standardiser.std: the file is damaged, or of another make]`,
  );
  new DataView(raw.buffer).setFloat32(at, Number.NaN, true);
  expect(() => load(raw)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with numbers in (0, Infinity), but found NaN at 1 of standardiser.std: the file is damaged, or of another make]`,
  );
});
