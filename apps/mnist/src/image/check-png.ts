import { inflateSync } from "node:zlib";

/** What the header of a PNG file says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly interlaced: boolean;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const SIGNATURE = 8; // bytes, before the first chunk
const samplesOf = new Map([
  [0, 1], // grey
  [2, 3], // red, green, blue
  [3, 1], // index into a palette
  [4, 2], // grey, alpha
  [6, 4], // red, green, blue, alpha
]);
const depthsOf = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);
/** Where each pass of an interlaced picture begins, and how far apart its pixels are. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The header of a PNG file, whose signature has been seen. */
export function pngHeader(file: Buffer): PngHeader {
  if (file.length < 33 || file.toString("latin1", 12, 16) !== "IHDR" || file.readUInt32BE(8) !== 13)
    throw new Error("it has no header");
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const [depth = 0, colourType = 0, , , interlace] = file.subarray(24, 29);
  if (width === 0 || height === 0) throw new Error(`it has ${width} x ${height} pixels`);
  if (!depthsOf.get(colourType)?.includes(depth))
    throw new Error(`it has colour type ${colourType} with ${depth} bits, which PNG has not`);
  return { width, height, depth, colourType, interlaced: interlace === 1 };
}

/**
 * Throws unless the file is whole: one header, its chunks in order, and exactly the pixels that the
 * header promises, undamaged. pngjs passes over all of that: where its unpacking fails it takes what
 * happens to be in memory for pixels, and it believes a second header.
 *
 * @see PNG (third edition), 5.6 "Chunk ordering"
 */
export function expectWholePng(file: Buffer, header: PngHeader): void {
  const chunks = chunksOf(file);
  const order = chunks.map(({ type }) => type).filter((type) => known.includes(type));
  if (!/^IHDR (PLTE )?(tRNS )?(IDAT )+IEND $/.test(order.map((type) => `${type} `).join("")))
    throw new Error("its chunks are not those of a PNG, in order");
  const first = chunks.findIndex(({ type }) => type === "IDAT");
  const data = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  if (chunks[first + data.length - 1]?.type !== "IDAT") throw new Error("its pixels are scattered");
  expectColours(chunks, header);
  const expected = bytesOf(header);
  let length: number;
  try {
    length = inflateSync(Buffer.concat(data), { maxOutputLength: expected }).length;
  } catch (cause) {
    throw new Error("its pixels do not unpack, or are too many", { cause });
  }
  if (length !== expected) throw new Error(`it has ${length} bytes of pixels, not ${expected}`);
}

const known: readonly string[] = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];

function chunksOf(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE; at < file.length; ) {
    const end = at + 12 + (at + 4 <= file.length ? file.readUInt32BE(at) : 0); // and length, type, checksum
    if (end > file.length) throw new Error("it is truncated");
    const data = file.subarray(at + 8, end - 4);
    chunks.push({ type: file.toString("latin1", at + 4, at + 8), data });
    at = end;
  }
  if (chunks.at(-1)?.type !== "IEND") throw new Error("it has no end");
  return chunks;
}

/** Throws unless the palette and the transparent colours have the size that they should have. */
function expectColours(chunks: readonly Chunk[], { depth, colourType }: PngHeader): void {
  const sizeOf = (wanted: string): number | undefined =>
    chunks.find(({ type }) => type === wanted)?.data.length;
  const [palette, transparent] = [sizeOf("PLTE"), sizeOf("tRNS")];
  const most = colourType === 3 ? 3 << depth : 3 << 8;
  if (palette === undefined ? colourType === 3 : palette % 3 || palette > most || palette === 0)
    throw new Error("its palette is missing, or of another size");
  if (transparent === undefined) return;
  const fits =
    colourType === 3
      ? transparent <= palette! / 3
      : transparent === 2 * samplesOf.get(colourType)! && colourType < 4;
  if (!fits) throw new Error("its transparent colours are more or fewer than it has");
}

/** The bytes of all rows, each with its filter's number before it. */
function bytesOf({ width, height, depth, colourType, interlaced }: PngHeader): number {
  const bits = depth * samplesOf.get(colourType)!;
  const passes = interlaced ? adam7 : ([[0, 0, 1, 1]] as const);
  let bytes = 0;
  for (const [left, top, right, down] of passes) {
    const [w, h] = [Math.ceil((width - left) / right), Math.ceil((height - top) / down)];
    if (w > 0 && h > 0) bytes += h * (1 + Math.ceil((w * bits) / 8));
  }
  return bytes;
}
