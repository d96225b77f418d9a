import { expect, test } from "vitest";
import { bytesOf, guardedMemory, type Request } from "./guarded-memory.ts";

const requests: readonly Request[] = [
  { type: "float32", length: 3 },
  { type: "float64", length: 2 },
  { type: "int32", length: 5 },
  { type: "uint8", length: 7 },
  { type: "float32", length: 0 },
  { type: "uint8", length: 64 },
];

/** The bytes of the whole memory; those of buffer `at` begin at `from` and end before `to`. */
function open(at: number) {
  const memory = guardedMemory(requests);
  const view = memory.views[at]!;
  const from = view.byteOffset;
  return { memory, bytes: new Uint8Array(view.buffer), from, to: from + view.byteLength };
}

test("guardedMemory() makes zeroed views in one memory of just the pages needed", () => {
  const { views } = guardedMemory(requests);
  expect(views).toEqual([
    new Float32Array(3),
    new Float64Array(2),
    new Int32Array(5),
    new Uint8Array(7),
    new Float32Array(0),
    new Uint8Array(64),
  ]);
  expect(new Set(views.map(({ buffer }) => buffer)).size).toBe(1);
  expect(bytesOf(requests)).toBe(12 + 16 + 20 + 7 + 0 + 64);
  const pages = (length: number): number =>
    guardedMemory([{ type: "uint8", length }]).views[0]!.buffer.byteLength / 65536;
  expect(pages(65536 - 128)).toBe(1);
  expect(pages(65536 - 127)).toBe(2);
});

test("guardedMemory() surrounds floats with 64 bytes of NaN or more", () => {
  const { views } = guardedMemory(requests);
  for (const [at, Float] of [Float32Array, Float64Array].entries()) {
    const { buffer, byteOffset, byteLength } = views[at]!;
    const length = 64 / Float.BYTES_PER_ELEMENT;
    for (const offset of [byteOffset - 64, byteOffset + byteLength])
      expect([...new Float(buffer as ArrayBuffer, offset, length)]).toEqual(
        Array(length).fill(Number.NaN),
      );
  }
});

test("guardedMemory() notices a change of any byte within 64 of a buffer, and of no byte inside", () => {
  for (const at of requests.keys()) {
    const { memory, bytes, from, to } = open(at);
    for (let i = from; i < to; i++) bytes[i] = 0xff;
    memory.verify("nobody");
    const outside = Array.from({ length: 64 }, (_, i) => [from - 1 - i, to + i]).flat();
    for (const i of outside) {
      bytes[i]! ^= 1;
      const where = i < from ? `${from - i} before` : `${i - to + 1} after`;
      expect(() => memory.verify("it")).toThrow(`byte ${where} buffer ${at} (`);
      bytes[i]! ^= 1;
    }
    memory.verify("nobody");
  }
});

test("guardedMemory() guards every byte that is in no buffer, up to the end", () => {
  const { memory, bytes } = open(0);
  const owned = new Set<number>();
  for (const { byteOffset, byteLength } of memory.views)
    for (let i = 0; i < byteLength; i++) owned.add(byteOffset + i);
  const somewhere = [...bytes.keys()].filter((i) => i < 2048 || i > bytes.length - 64);
  for (const i of somewhere) {
    bytes[i]! ^= 0x80;
    if (owned.has(i)) memory.verify("nobody");
    else expect(() => memory.verify("it")).toThrow("was overwritten");
    bytes[i]! ^= 0x80;
  }
});

test("guardedMemory() notices NaN written over NaN", () => {
  for (const [at, Float] of [Float32Array, Float64Array].entries()) {
    const { memory, bytes, from, to } = open(at);
    const length = (to - from) / Float.BYTES_PER_ELEMENT;
    new Float(bytes.buffer as ArrayBuffer, from, length + 1)[length] = Number.NaN;
    expect(() => memory.verify("it")).toThrow(`1 after buffer ${at} (`);
  }
});

test("guardedMemory() owns parts of its buffers, and nothing that reaches a guard", () => {
  const { memory, bytes, from } = open(1);
  expect(memory.owns(memory.views[1]!.subarray(1))).toBe(true);
  expect(memory.owns(memory.views[4]!)).toBe(true);
  expect(memory.owns(bytes)).toBe(false);
  expect(memory.owns(new Float64Array(bytes.buffer, from, 3))).toBe(false);
  expect(memory.owns(new Float64Array(2))).toBe(false);
});
