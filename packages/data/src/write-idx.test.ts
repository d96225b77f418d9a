import { describe, expect, test } from "vitest";
import { writeIdx } from "./write-idx.ts";

describe("writeIdx()", () => {
  test("writes the header and the elements big-endian", () => {
    expect(writeIdx({ shape: [1, 2], data: Int16Array.of(258, -2) })).toEqual(
      Uint8Array.of(0, 0, 0x0b, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 255, 254),
    );
  });

  test("writes a view alone, and leaves it alone", () => {
    const all = Float32Array.of(1, 2, 3);
    expect(writeIdx({ shape: [1], data: all.subarray(1, 2) })).toEqual(
      Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 1, 0x40, 0, 0, 0),
    );
    expect(all).toEqual(Float32Array.of(1, 2, 3));
  });

  test("refuses what IDX cannot hold", () => {
    const data = Uint8Array.of(1, 2);
    expect(() =>
      writeIdx({ shape: [2], data: Uint16Array.of(1, 2) as unknown as Uint8Array }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: writeIdx() expects Uint8Array, Int8Array, Int16Array, Int32Array, Float32Array, Float64Array, but data is a Uint16Array]`,
    );
    expect(() => writeIdx({ shape: [3], data })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: writeIdx() expects 3 elements for [3], but data has 2]`,
    );
    expect(() => writeIdx({ shape: [1], data })).toThrow("but data has 2");
    expect(() => writeIdx({ shape: [1, -2], data })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: writeIdx() expects integers in [0, 2^32), but shape[1] is -2]`,
    );
    expect(() => writeIdx({ shape: [1.5], data })).toThrow(RangeError);
    expect(() => writeIdx({ shape: [2 ** 32], data })).toThrow(RangeError);
    expect(() =>
      writeIdx({ shape: new Array(256).fill(1), data }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: writeIdx() expects at most 255 axes, but shape has 256]`,
    );
  });
});
