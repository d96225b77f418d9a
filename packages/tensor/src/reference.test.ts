import { expect, test } from "vitest";
import { reference } from "./reference.ts";

test("open() lays out zeroed buffers of the kinds asked for, and counts their bytes", () => {
  const { session, buffers } = reference.open("float64", (zeros) => [
    zeros(3, "float"),
    zeros(2, "int32"),
    zeros(1, "uint8"),
  ]);
  expect(buffers).toEqual([new Float64Array(3), new Int32Array(2), new Uint8Array(1)]);
  expect(session.bytes).toBe(33);
  expect(reference.open("float32", (zeros) => zeros(1, "float")).buffers).toEqual(
    new Float32Array(1),
  );
});

test("open() refuses an allocation after the layout, and a length that is none", () => {
  const { buffers: zeros } = reference.open("float32", (z) => z);
  expect(() => zeros(1, "float")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects to be called by layout, but memory is sealed]`,
  );
  expect(() => reference.open("float32", (z) => z(-1, "float"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: zeros() expects a length of 0 or more, but length is -1]`,
  );
});

test("open() refuses a dtype that is neither", () => {
  expect(() => reference.open("float16" as never, () => {})).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: open() expects dtype "float32" or "float64", but dtype is "float16"]`,
  );
});
