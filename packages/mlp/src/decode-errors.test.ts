import { expect, test } from "vitest";
import { fileOf } from "../testing/file-of.ts";
import { dense, dropout, load, mlp, save } from "./index.ts";
import { decode } from "./safetensors.ts";

const bytes = save(mlp(2, [dense(3), dropout(0.5), dense(1)], { seed: 1 }));
const decoding = (file: Uint8Array) => (): unknown => decode(file);

test("load() refuses what is no Uint8Array", () => {
  expect(() => load("net" as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: load() expects bytes in a Uint8Array, but bytes is "net"]`,
  );
  expect(() => load(bytes.buffer as never)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: load() expects bytes in a Uint8Array, but bytes is ArrayBuffer]`,
  );
});

test("load() refuses a file whose header is not there", () => {
  expect(decoding(bytes.subarray(0, 7))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header within its 7 bytes, but found a header of 0 bytes: the file is damaged, or of another make]`,
  );
  expect(decoding(bytes.subarray(0, 100))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header within its 100 bytes, but found a header of 608 bytes: the file is damaged, or of another make]`,
  );
  const huge = bytes.slice();
  huge.fill(255, 0, 8);
  expect(decoding(huge)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header within its 668 bytes, but found a header of 18446744073709552000 bytes: the file is damaged, or of another make]`,
  );
  expect(decoding(new Uint8Array(8))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON that begins with {, each key once, but found other bytes: the file is damaged, or of another make]`,
  );
});

test("load() refuses a header that is not JSON, or says a thing twice", () => {
  expect(decoding(fileOf(" {}"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON that begins with {, each key once, but found  {}: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf("{"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON that begins with {, each key once, but found {: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf("{}x"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON that begins with {, each key once, but found {}x: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf('{"a":1,"\\u0061":2}'))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON that begins with {, each key once, but found {"a":1,"\\u0061":2}: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf('{"__metadata__":{"a":"","a":""}}'))).toThrow("each key once");
  expect(
    decoding(fileOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22))),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with a header in JSON that begins with {, each key once, but found other bytes: the file is damaged, or of another make]`,
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
    `[RangeError: load() expects a file with tensor a of dtype F32 or F64, with a shape and data_offsets that fit, but found []: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, dtype: "BF16" })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with tensor a of dtype F32 or F64, with a shape and data_offsets that fit, but found {"dtype":"BF16","shape":[1],"data_offsets":[0,4]}: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, dtype: ["F32"] })).toThrow("of dtype F32 or F64");
  expect(withEntry({ ...entry, dtype: "constructor" })).toThrow("of dtype F32 or F64");
  expect(withEntry({ ...entry, shape: [0.5] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with tensor a of dtype F32 or F64, with a shape and data_offsets that fit, but found {"dtype":"F32","shape":[0.5],"data_offsets":[0,4]}: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, shape: [-1, -1] })).toThrow("a shape and data_offsets that fit");
  expect(withEntry({ ...entry, shape: "1" })).toThrow("a shape and data_offsets that fit");
  expect(withEntry({ ...entry, shape: [2] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with tensor a of dtype F32 or F64, with a shape and data_offsets that fit, but found {"dtype":"F32","shape":[2],"data_offsets":[0,4]}: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, shape: [2 ** 53 - 1, 2 ** 53 - 1] })).toThrow(
    "a shape and data_offsets that fit",
  );
  expect(withEntry({ ...entry, data_offsets: [0, 4, 8] })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with tensor a of dtype F32 or F64, with a shape and data_offsets that fit, but found {"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}: the file is damaged, or of another make]`,
  );
  expect(withEntry({ ...entry, data_offsets: [-4, 0] })).toThrow(
    "a shape and data_offsets that fit",
  );
  expect(decoding(fileOf({ __metadata__: { a: 1 } }))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with strings in __metadata__, but found {"a":1}: the file is damaged, or of another make]`,
  );
  expect(decoding(fileOf({ __metadata__: "a" }))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: load() expects a file with strings in __metadata__, but found "a": the file is damaged, or of another make]`,
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
    `[RangeError: load() expects a file with the end at byte 4 of the numbers, but found byte 8: the file is damaged, or of another make]`,
  );
  const long = { ...F32(0), data_offsets: [0, 8] };
  expect(decoding(fileOf({ a: long }, eight))).toThrow("a shape and data_offsets that fit");
  expect(decoding(fileOf({ a: F32(0), b: F32(4) }, new Uint8Array(7)))).toThrow(
    "the end at byte 8 of the numbers",
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
