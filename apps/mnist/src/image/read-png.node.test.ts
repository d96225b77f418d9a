import { type PackerOptions, PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { type Chunk, chunksIn, sealed } from "../testing/png.ts";
import { readPng } from "./read-png.ts";

/** A PNG of 2 x 2: black, white, red, and blue half seen through. */
function encode(options: PackerOptions = {}): Buffer {
  const png = new PNG({ width: 2, height: 2 });
  png.data.set([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 128]);
  return PNG.sync.write(png, options);
}

/** A file with a header of these sizes and nothing else. */
function header(width: number, height: number): Buffer {
  const bytes = Buffer.from(encode().subarray(0, 33));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
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
      `[UserError: a.png is broken: it is truncated]`,
    );
    expect(read(header(100_000, 1000))).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is too large: it has 100000 x 1000 pixels, and at most 40000000 are read: scale it down]`,
    );
  });

  test("refuses what the library would read wrongly", () => {
    const chunks = chunksIn(encode());
    const [ihdr, idat, iend] = chunks as [Chunk, Chunk, Chunk];
    const read =
      (...chunks: readonly Chunk[]) =>
      () =>
        readPng(sealed(chunks), "a.png");
    const headed = (...bytes: readonly [at: number, value: number][]): Chunk => {
      const data = Uint8Array.from(ihdr.data);
      for (const [at, value] of bytes) data[at] = value;
      return { type: "IHDR", data };
    };
    const chunk = (type: string, length: number): Chunk => ({ type, data: new Uint8Array(length) });
    const text = chunk("tEXt", 1);
    const half = { type: "IDAT", data: idat.data.subarray(0, 9) };
    expect(read(ihdr, text, idat, text, iend)().width).toBe(2);
    expect(read(headed([3, 0]), idat, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: it has 0 x 2 pixels]`,
    );
    expect(read(headed([8, 4]), idat, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: it has colour type 6 with 4 bits, which PNG has not]`,
    );
    expect(read(ihdr, ihdr, idat, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: its chunks are not those of a PNG, in order]`,
    );
    expect(read(ihdr, half, text, half, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: its pixels are scattered]`,
    );
    expect(read(ihdr, idat, text)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: it has no end]`,
    );
    expect(read(ihdr, half, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: its pixels do not unpack, or are too many]`,
    );
    expect(read(headed([3, 1]), idat, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: its pixels do not unpack, or are too many]`,
    );
    expect(read(headed([3, 3]), idat, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: it has 18 bytes of pixels, not 26]`,
    );
    expect(read(headed([9, 3]), idat, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: its palette is missing, or of another size]`,
    );
    expect(read(ihdr, chunk("tRNS", 2), idat, iend)).toThrowErrorMatchingInlineSnapshot(
      `[UserError: a.png is broken: its transparent colours are more or fewer than it has]`,
    );
  });
});
