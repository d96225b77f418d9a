import { relu, tanh } from "@feedforward/activations";
import { expect, test } from "vitest";
import { dense, dropout, load, mlp, save } from "./index.ts";
import { decode } from "./safetensors.ts";

/** A file with such a header and such numbers. */
function fileOf(
  header: object | string | Uint8Array,
  numbers: Uint8Array = new Uint8Array(),
): Uint8Array {
  const text =
    header instanceof Uint8Array
      ? header
      : new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + numbers.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(numbers, 8 + text.length);
  return bytes;
}

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
const decoding = (file: Uint8Array) => (): unknown => decode("load", file);

test("load() takes the file as it is", () => {
  expect(loading({})).not.toThrow();
});

test("load() refuses what is no Uint8Array", () => {
  expect(() => load("net" as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: load() expects the bytes of a file as a Uint8Array, but bytes is a string]`,
  );
  expect(() => load(bytes.buffer as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: load() expects the bytes of a file as a Uint8Array, but bytes is an ArrayBuffer: write new Uint8Array(bytes)]`,
  );
});

test("load() refuses a file whose header is not there", () => {
  expect(decoding(bytes.subarray(0, 7))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with at least 8 bytes, but found 7 bytes: the file is damaged, or of another make]`,
  );
  expect(decoding(bytes.subarray(0, 100))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header within its 100 bytes, but found a header of 600 bytes: the file is damaged, or of another make]`,
  );
  const huge = bytes.slice();
  huge.fill(255, 0, 8);
  expect(decoding(huge)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header within its 660 bytes, but found a header of 18446744073709552000 bytes: the file is damaged, or of another make]`,
  );
  expect(decoding(new Uint8Array(8))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header that begins with {, but found an empty one: the file is damaged, or of another make]`,
  );
});

test("load() refuses a header that is not JSON, or says a thing twice", () => {
  expect(decoding(fileOf(" {}"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header that begins with {, but found byte 32: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf("{"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON, each key once, but found {: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf("{}x"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON, each key once, but found {}x: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf('{"a":1,"\\u0061":2}'))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON, each key once, but found {"a":1,"\\u0061":2}: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf('{"__metadata__":{"a":"","a":""}}'))).toThrow("each key once");
  expect(
    decoding(fileOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22))),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in UTF-8, but found other bytes: the file is damaged, or of another make]`,
  );
  const deep = `{"a":${"[".repeat(101)}${"]".repeat(101)}}`;
  expect(decoding(fileOf(deep))).toThrow("each key once");
  expect(decoding(fileOf('{"a":{":":1}}'))).toThrow("tensor a of dtype"); // a string with a colon is no key
});

test("load() refuses a header whose entries are not tensors", () => {
  const entry = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  const four = new Uint8Array(4);
  const withEntry = (a: unknown) => decoding(fileOf({ a }, four));
  expect(withEntry(entry)).not.toThrow();
  expect(withEntry([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with an object as tensor a, but found []: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, dtype: "BF16" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with tensor a of dtype F32 or F64, but found "BF16": the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, dtype: ["F32"] })).toThrow("of dtype F32 or F64");
  expect(withEntry({ ...entry, dtype: "constructor" })).toThrow("of dtype F32 or F64");
  expect(withEntry({ ...entry, shape: [0.5] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with sizes as the shape of tensor a, but found [0.5]: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, shape: [-1, -1] })).toThrow("sizes as the shape of tensor a");
  expect(withEntry({ ...entry, shape: "1" })).toThrow("sizes as the shape of tensor a");
  expect(withEntry({ ...entry, shape: [2] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with 8 bytes for tensor a, but found 4: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, shape: [2 ** 53 - 1, 2 ** 53 - 1] })).toThrow("bytes for tensor a");
  expect(withEntry({ ...entry, data_offsets: [0, 4, 8] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with two data_offsets of tensor a, but found [0,4,8]: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, data_offsets: [-4, 0] })).toThrow("two data_offsets");
  expect(decoding(fileOf({ __metadata__: { a: 1 } }))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with strings in __metadata__, but found 1: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf({ __metadata__: "a" }))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with an object as __metadata__, but found "a": the file is damaged, or of another make]`,
  );
});

test("load() refuses numbers with a gap, an overlap, an end too early or too late", () => {
  const F32 = (begin: number) => ({ dtype: "F32", shape: [1], data_offsets: [begin, begin + 4] });
  const eight = new Uint8Array(8);
  expect(decoding(fileOf({ a: F32(4), b: F32(0) }, eight))).not.toThrow();
  expect(decoding(fileOf({ a: F32(4) }, eight))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with tensor a at byte 0 of the numbers, but found byte 4: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf({ a: F32(0), b: F32(2) }, eight))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with tensor b at byte 4 of the numbers, but found byte 2: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf({ a: F32(0), b: F32(0) }, eight))).toThrow("tensor b at byte 4");
  expect(decoding(fileOf({ a: F32(0) }, eight))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with 4 bytes of numbers, as its header says, but found 8: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf({ a: F32(0), b: F32(4) }, new Uint8Array(7)))).toThrow(
    "8 bytes of numbers",
  );
});

test("load() copies nothing of a header whose many tensors overlap", () => {
  const places = Array.from({ length: 1000 }, (_, i) => [
    `t${i}`,
    { dtype: "F32", shape: [250_000], data_offsets: [0, 1_000_000] },
  ]);
  const file = fileOf(Object.fromEntries(places), new Uint8Array(1_000_000));
  expect(decoding(file)).toThrow("tensor t1 at byte 1000000"); // else 1 GB
});

test("load() refuses a file of another program, or of another version", () => {
  expect(loading({ header: { __metadata__: {} } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a network's description, but found none (made by another program?): the file is damaged, or of another make]`,
  );
  expect(loading({ description: "[" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a network's description in JSON, but found [: the file is damaged, or of another make]`,
  );
  expect(loading({ description: { format: 2 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a network's description of format 1, with format, but found 2: the file is damaged, or of another make]`,
  );
  expect(loading({ description: { version: 2 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a network's description of no keys but format, inputs, dtype, seed, labels, layers, metadata, but found version: the file is damaged, or of another make]`,
  );
  expect(loading({ description: { inputs: "2" } })).toThrow('format 1, with inputs, but found "2"');
  expect(loading({ description: { inputs: 2.5 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects inputs to be a whole number above 0, but inputs is 2.5]`,
  );
  expect(loading({ description: { dtype: "float16" } })).toThrow("format 1, with dtype");
  expect(loading({ description: { seed: null } })).toThrow("format 1, with seed");
  expect(loading({ description: { seed: -1 } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects seed to be a whole number in [0, 4294967296), but seed is -1]`,
  );
  expect(loading({ description: { labels: [1] } })).toThrow("format 1, with labels");
  expect(loading({ description: { labels: ["a", "b"] } })).toThrow(RangeError);
  expect(loading({ description: { metadata: [] } })).toThrow("format 1, with metadata");
  expect(loading({ description: { layers: {} } })).toThrow("format 1, with layers");
  expect(loading({ description: { layers: [] } })).toThrow("load() expects at least one layer");
  const extra = { name: "dense", options: {}, extra: 1 };
  expect(loading({ description: { layers: [extra] } })).toThrow("format 1, with layers");
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
    `[RangeError: load() expects a file with a number as rate of dropout, but found "0.5": the file is damaged, or of another make]`,
  );
  expect(withLayer("dropout", { rate: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dropout() expects rate in [0, 1), but rate is 1]`,
  );
  expect(withLayer("dropout", { rate: 0.5, seed: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with options of dropout of no keys but rate, but found seed: the file is damaged, or of another make]`,
  );
  const activation = { name: "linear" };
  expect(withLayer("dense", { units: "1", activation })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: dense() expects units to be a whole number above 0, but units is 1]`,
  );
  expect(withLayer("dense", { units: 1 })).toThrow("the file names undefined");
  expect(withLayer("dense", { units: 1, activation, bias: false })).toThrow("options of dense");
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
    `[RangeError: load() expects a file with layers.0.W of [3, 2], as its layers have it, but found [2, 3]: the file is damaged, or of another make]`,
  );
  const [begin] = b.data_offsets;
  const none = { dtype: "F32", shape: [0], data_offsets: [begin, begin] };
  expect(loading({ header: { none } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with no tensor beside its layers', but found none: the file is damaged, or of another make]`,
  );
  expect(loading({ description: { dtype: "float64" } })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with W in float64, its dtype, but found float32: the file is damaged, or of another make]`,
  );
  const mean = { dtype: "F64", shape: [0], data_offsets: [begin, begin] };
  expect(loading({ header: { "standardiser.mean": mean } })).toThrow("standardiser.mean of [2]");
  expect(loading({ header: { "standardiser.std": mean } })).toThrow("no tensor beside");
});

test("load() refuses numbers that are not finite", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const changed = numbers.slice();
    new DataView(changed.buffer).setFloat32(4, value, true);
    expect(loading({ numbers: changed })).toThrow(`${value} at 1 of layers.0.W`);
  }
  const standardiser = { mean: new Float32Array(2), std: new Float32Array(2).fill(1) };
  const raw = save(mlp(2, [dense(1)], { standardiser }));
  const at = raw.length - 4; // the last number of std
  new DataView(raw.buffer).setFloat32(at, 0, true);
  expect(() => load(raw)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a finite std above 0, but std[1] is 0: use 1 for a constant column]`,
  );
  new DataView(raw.buffer).setFloat32(at, Number.NaN, true);
  expect(() => load(raw)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with finite numbers, but found NaN at 1 of standardiser.std: the file is damaged, or of another make]`,
  );
});
