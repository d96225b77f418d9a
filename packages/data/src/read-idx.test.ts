import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { type Idx, type IdxArray, idxElements } from "./idx.ts";
import { readIdx } from "./read-idx.ts";
import { writeIdx } from "./write-idx.ts";

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Arrays of every element type, with any bits: NaNs and subnormals included. */
const idxs: fc.Arbitrary<Idx> = fc
  .record({
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    Element: fc.constantFrom(...idxElements.values()),
  })
  .chain(({ shape, Element }) => {
    const length = shape.reduce((count, n) => count * n, 1) * Element.BYTES_PER_ELEMENT;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => ({ shape, data: new Element(bytes.slice().buffer) as IdxArray }));
  });

const file = writeIdx({ shape: [2, 2, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
const header = (...bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes);
const bigLengths = [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255];

describe("readIdx()", () => {
  test("reads back what writeIdx() wrote, raw or compressed, bit for bit", async () => {
    await fc.assert(
      fc.asyncProperty(idxs, async (idx) => {
        const raw = writeIdx(idx);
        for (const bytes of [raw, await gzip(raw)]) {
          const back = await readIdx(bytes);
          expect(back).toEqual(idx);
          expect(back.data.constructor).toBe(idx.data.constructor);
          expect(writeIdx(back)).toEqual(raw);
        }
      }),
    );
  });

  test("unpacks a file that comes in many pieces", async () => {
    const data = Uint8Array.from({ length: 2 ** 20 }, (_, i) => (i * i) % 251);
    const packed = await gzip(writeIdx({ shape: [data.length], data }));
    const read = (await readIdx(packed)).data;
    expect(read.length).toBe(data.length);
    expect(read.findIndex((value, i) => value !== data[i])).toBe(-1);
  });

  test("reads every element type in big-endian order", async () => {
    const read = async (...bytes: readonly number[]) => (await readIdx(header(...bytes))).data;
    expect(await read(0, 0, 0x08, 0, 200)).toEqual(Uint8Array.of(200));
    expect(await read(0, 0, 0x09, 0, 200)).toEqual(Int8Array.of(-56));
    expect(await read(0, 0, 0x0b, 0, 1, 2)).toEqual(Int16Array.of(258));
    expect(await read(0, 0, 0x0c, 0, 255, 255, 255, 254)).toEqual(Int32Array.of(-2));
    expect(await read(0, 0, 0x0d, 0, 0x3f, 0xc0, 0, 0)).toEqual(Float32Array.of(1.5));
    expect(await read(0, 0, 0x0e, 0, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0)).toEqual(Float64Array.of(1.5));
  });

  test("reads a view into a larger buffer, and leaves it alone", async () => {
    const around = new Uint8Array(file.length + 7);
    around.set(file, 3);
    const { data } = await readIdx(around.subarray(3, 3 + file.length));
    data.fill(0);
    expect(around.subarray(3, 3 + file.length)).toEqual(file);
  });

  test("reads an empty array, however long its other axes are", async () => {
    const idx = await readIdx(header(0, 0, 14, 2, 255, 255, 255, 255, 0, 0, 0, 0));
    expect(idx).toEqual({ shape: [4294967295, 0], data: new Float64Array(0) });
    const long = header(0, 0, 8, 255, ...new Uint8Array(4 * 254).fill(255), 0, 0, 0, 0);
    expect((await readIdx(long)).data).toEqual(new Uint8Array(0));
  });

  test("refuses a file that is not IDX", async () => {
    await expect(readIdx("file" as unknown as Uint8Array)).rejects.toMatchInlineSnapshot(
      `[TypeError: readIdx() expects a Uint8Array, but bytes is a string: wrap an ArrayBuffer with new Uint8Array(buffer)]`,
    );
    await expect(readIdx(new ArrayBuffer(4) as unknown as Uint8Array)).rejects.toBeInstanceOf(
      TypeError,
    );
    await expect(readIdx(header(0x89, 0x50, 0x4e, 0x47))).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects a magic number 256 type + rank with type 8, 9, 11, 12, 13, 14 at the start of the file, but found 2303741511: this is not an IDX file]`,
    );
    await expect(readIdx(header(0, 0, 10, 1, 0, 0, 0, 0))).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects a magic number 256 type + rank with type 8, 9, 11, 12, 13, 14 at the start of the file, but found 2561: this is not an IDX file]`,
    );
    await expect(readIdx(header(1, 0, 8, 0, 5))).rejects.toThrow("this is not an IDX file");
    await expect(
      readIdx(header(0, 0, 8, 1), { name: "train-images", magic: 2051 }),
    ).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects magic number 2051 at the start of train-images, but found 2049: this is a label file]`,
    );
    await expect(readIdx(file, { magic: 2049 })).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects magic number 2049 at the start of the file, but found 2051: this is an image file]`,
    );
    await expect(readIdx(file, { magic: 2050 })).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects magic number 2050 at the start of the file, but found 2051: this is an image file]`,
    );
  });

  test("refuses a file that is shorter or longer than its header says", async () => {
    await expect(readIdx(new Uint8Array(0))).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects at least 4 bytes in the file, but found 0: it is truncated]`,
    );
    await expect(readIdx(file.subarray(0, 15))).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects a header of 16 bytes in the file for 3 axes, but found 15: it is truncated]`,
    );
    await expect(readIdx(file.subarray(0, 23))).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects 24 bytes in the file for [2, 2, 2] of 1 each, but found 23: it is truncated]`,
    );
    await expect(
      readIdx(Uint8Array.of(...file, 0), { name: "train-images" }),
    ).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects 24 bytes in train-images for [2, 2, 2] of 1 each, but found 25: it has trailing data]`,
    );
    await expect(readIdx(header(0, 0, 14, 3, ...bigLengths))).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects 6.3382529967139284e+29 bytes in the file for [4294967295, 4294967295, 4294967295] of 8 each, but found 16: it is truncated]`,
    );
    const endless = header(0, 0, 8, 255, ...new Uint8Array(4 * 255).fill(255));
    await expect(readIdx(endless)).rejects.toThrow("expects Infinity bytes");
  });

  test("refuses a compressed file that is truncated, corrupt or followed by something", async () => {
    const packed = await gzip(file);
    const corrupt = packed.slice();
    corrupt[packed.length - 6]! ^= 1; // the checksum
    for (const bytes of [packed.subarray(0, 2), packed.subarray(0, packed.length - 1), corrupt])
      await expect(readIdx(bytes)).rejects.toThrow(
        "readIdx() expects a whole gzip file, but the file does not unpack: it is truncated or corrupt",
      );
    for (const tail of [[0], [0, 0, 0, 0, 0, 0, 0, 0], packed])
      await expect(readIdx(Uint8Array.of(...packed, ...tail))).rejects.toThrow(
        /trailing data|truncated or corrupt/,
      );
  });

  test("stops unpacking at the limit", async () => {
    const bomb = await gzip(new Uint8Array(2 ** 26));
    expect(bomb.length).toBeLessThan(2 ** 17);
    const read = vi.spyOn(ReadableStreamDefaultReader.prototype, "read");
    await expect(readIdx(bomb, { maxBytes: 2 ** 16 })).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects at most 65536 bytes, but the file unpacks to more: raise maxBytes if you trust the file]`,
    );
    expect(read.mock.calls.length).toBeLessThan(20); // of 1,000 pieces and more
    read.mockRestore();
    await expect(readIdx(file, { maxBytes: 23 })).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects at most 23 bytes, but the file has 24: raise maxBytes if you trust the file]`,
    );
    await expect(readIdx(file, { maxBytes: Number.NaN })).rejects.toMatchInlineSnapshot(
      `[RangeError: readIdx() expects maxBytes of at least 0, but maxBytes is NaN]`,
    );
    await readIdx(file, { maxBytes: file.length });
    await readIdx(await gzip(file), { maxBytes: 50 });
  });
});
