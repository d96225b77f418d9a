import { expect, test } from "vitest";
import { dense, mlp, save } from "./index.ts";
import { decode, encode } from "./safetensors.ts";

// The format as https://huggingface.co/docs/safetensors has it, read without the code under test.
interface Entry {
  readonly dtype: "F32" | "F64";
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}
interface Read {
  readonly start: number;
  readonly text: string;
  readonly metadata: { readonly [key: string]: string };
  readonly entries: readonly (readonly [string, Entry])[];
  readonly numbers: DataView;
}
function read(bytes: Uint8Array): Read {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, start));
  const { __metadata__: metadata, ...entries } = JSON.parse(text);
  const numbers = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start);
  return { start, text, metadata, entries: Object.entries(entries), numbers };
}

test("a file is what the format says: length, header, numbers without a gap", () => {
  const standardiser = { mean: Float64Array.of(0.1, 0.2), std: Float64Array.of(1, 2) };
  const net = mlp(2, [dense(3), dense(1)], { seed: 1, standardiser });
  const { text, metadata, entries, numbers } = read(save(net));
  expect(text).toMatch(/^\{.*\} *$/);
  expect(Object.keys(metadata)).toEqual(["feedforward"]);
  let at = 0;
  for (const [, { dtype, shape, data_offsets }] of entries) {
    expect(data_offsets[0]).toBe(at);
    at += shape.reduce((a, b) => a * b, 1) * (dtype === "F64" ? 8 : 4);
    expect(data_offsets[1]).toBe(at);
  }
  expect(at).toBe(numbers.byteLength);
  const found = Object.fromEntries(
    entries.map(
      ([
        name,
        {
          dtype,
          data_offsets: [begin, end],
        },
      ]) => [
        name,
        dtype === "F64"
          ? Array.from({ length: (end - begin) / 8 }, (_, i) =>
              numbers.getFloat64(begin + 8 * i, true),
            )
          : Array.from({ length: (end - begin) / 4 }, (_, i) =>
              numbers.getFloat32(begin + 4 * i, true),
            ),
      ],
    ),
  );
  expect(found).toEqual({
    "standardiser.mean": [0.1, 0.2],
    "standardiser.std": [1, 2],
    "layers.0.W": [...net.layers[0]!.params[0]!.data],
    "layers.0.b": [0, 0, 0],
    "layers.1.W": [...net.layers[1]!.params[0]!.data],
    "layers.1.b": [0],
  });
});

test("the numbers, and every tensor among them, are aligned, whatever the header and the order", () => {
  for (let length = 0; length < 16; length++) {
    const tensors = new Map([
      ["a", { shape: [3], data: Float32Array.of(1, 2, 3) }],
      ["b", { shape: [1, 1], data: Float64Array.of(4) }],
      ["c", { shape: [], data: Float32Array.of(5) }],
      ["none", { shape: [0, 7], data: new Float64Array() }],
    ]);
    const metadata = new Map([["padding", "é".repeat(length)]]);
    const bytes = encode({ tensors, metadata });
    const { start, entries } = read(bytes);
    expect(start % 8).toBe(0);
    for (const [, { dtype, data_offsets }] of entries)
      expect(data_offsets[0] % (dtype === "F64" ? 8 : 4)).toBe(0);
    const decoded = decode(bytes);
    expect(new Map([...decoded.tensors].sort())).toEqual(tensors);
    expect(decoded.metadata).toEqual(metadata);
  }
});

test("a file of another program is read: any order, no metadata, no padding", () => {
  const header = JSON.stringify({
    b: { dtype: "F64", shape: [1], data_offsets: [4, 12] },
    a: { data_offsets: [0, 4], dtype: "F32", shape: [] },
    none: { dtype: "F32", shape: [0], data_offsets: [4, 4] },
  });
  const bytes = new Uint8Array(8 + header.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, header.length, true);
  bytes.set(new TextEncoder().encode(header), 8);
  view.setFloat32(8 + header.length, 1.5, true);
  view.setFloat64(12 + header.length, -2.25, true);
  const { tensors, metadata } = decode(bytes);
  expect(tensors.get("a")).toEqual({ shape: [], data: Float32Array.of(1.5) });
  expect(tensors.get("b")).toEqual({ shape: [1], data: Float64Array.of(-2.25) });
  expect(tensors.get("none")).toEqual({ shape: [0], data: new Float32Array() });
  expect(metadata.size).toBe(0);
});
