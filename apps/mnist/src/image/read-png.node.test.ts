import { type PackerOptions, PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { UserError } from "../user-error.ts";
import { readPng } from "./read-png.ts";

/** A PNG of 2 x 2: black, white, red, and blue half seen through. */
function encode(options: PackerOptions = {}): Buffer {
  const png = new PNG({ width: 2, height: 2 });
  png.data.set([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 128]);
  return PNG.sync.write(png, options);
}

/** A file with a header of these sizes and nothing else. */
function header(width: number, height: number, interlace = 0, length = 33): Buffer {
  const bytes = Buffer.alloc(length);
  encode().copy(bytes, 0, 0, 33);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes[28] = interlace;
  return bytes;
}

describe("readPng", () => {
  test("decodes to red, green, blue and alpha", () => {
    const { width, height, rgba } = readPng(encode(), "a.png");
    expect([width, height]).toEqual([2, 2]);
    expect([...rgba]).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 128]);
  });

  test("decodes grey and 16 bits as well", () => {
    const grey = readPng(encode({ colorType: 0 }), "a.png");
    expect([...grey.rgba.subarray(0, 8)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
    const png = new PNG({ width: 1, height: 1 });
    const wide = PNG.sync.write(
      Object.assign(png, { data: Buffer.from(Uint16Array.of(65535, 0, 257, 65535).buffer) }),
      {
        bitDepth: 16,
      },
    );
    expect([...readPng(wide, "a.png").rgba]).toEqual([255, 0, 1, 255]);
  });

  test("refuses what is no PNG, is broken, or too large", () => {
    const read = (bytes: Uint8Array) => () => readPng(bytes, "a.png");
    expect(read(Buffer.from("GIF89a..."))).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is not a PNG file: convert it to PNG first]`,
    );
    expect(read(new Uint8Array(0))).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is not a PNG file: convert it to PNG first]`,
    );
    expect(read(encode().subarray(0, 20))).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: it has no header]`,
    );
    expect(read(encode().subarray(0, 50))).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: There are some read requests waitng on finished stream]`,
    );
    expect(read(header(100_000, 1000))).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is too large: it has 100000 x 1000 pixels, and at most 40000000 are read: scale it down]`,
    );
    expect(read(header(100, 100, 1, 2_000_000))).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is too large for an interlaced PNG: save it without interlacing, or scale it down]`,
    );
  });

  test("a damaged file is decoded or refused, never a crash or another error", () => {
    const whole = encode();
    for (let at = 0; at < whole.length; at++)
      for (const value of [0, 1, 127, 255]) {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        for (const bytes of [damaged, damaged.subarray(0, at)])
          try {
            const { width, height, rgba } = readPng(bytes, "a.png");
            expect(rgba).toHaveLength(4 * width * height);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
      }
  });
});
