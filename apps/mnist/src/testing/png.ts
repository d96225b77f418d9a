import { crc32, deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";

// PNG without the library: files of every kind, and a plain reading of the specification to compare with.
// https://www.w3.org/TR/png-3/

/** A chunk of a PNG file. */
export interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** A file of these chunks, with right lengths and checksums. */
export function sealed(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  const parts = chunks.flatMap(({ type, data }) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return [length, body, sum];
  });
  return new Uint8Array(Buffer.concat([SIGNATURE, ...parts]));
}

/** The chunks of a file; throws where a length or a checksum is wrong. */
export function chunksIn(bytes: Uint8Array): Chunk[] {
  const file = Buffer.from(bytes);
  const chunks: Chunk[] = [];
  for (let at = 8; at < file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    const matters = !(file[at + 4]! & 0x20) || type === "tRNS"; // an upper-case first letter: critical
    if (matters && file.readUInt32BE(end) !== crc32(file.subarray(at + 4, end)))
      throw new Error(`the checksum of ${type} is wrong`);
    chunks.push({ type, data: file.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

const samples: { readonly [colourType: number]: number } = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const pattern = [
  [1, 6, 4, 6, 2, 6, 4, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [5, 6, 5, 6, 5, 6, 5, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [3, 6, 4, 6, 3, 6, 4, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
  [5, 6, 5, 6, 5, 6, 5, 6],
  [7, 7, 7, 7, 7, 7, 7, 7],
];

/** The rows of a picture as a file has them: pass by pass, row by row, the pixels as places in the picture. */
function passesOf(width: number, height: number, interlaced: boolean): number[][][] {
  const passes = Array.from({ length: interlaced ? 7 : 1 }, (): number[][] => []);
  for (let y = 0; y < height; y++)
    passes.forEach((rows, pass) => {
      const row = Array.from({ length: width }, (_, x) => x)
        .filter((x) => !interlaced || pattern[y % 8]![x % 8] === pass + 1)
        .map((x) => y * width + x);
      if (row.length) rows.push(row);
    });
  return passes;
}

/** Red, green, blue and alpha of every pixel; throws unless there are exactly as many as the header says. */
export function pixelsOf(chunks: readonly Chunk[]): Uint8Array {
  const all = (wanted: string): Buffer[] =>
    chunks.filter(({ type }) => type === wanted).map(({ data }) => Buffer.from(data));
  const [headers, [palette, ...palettes], [transparent, ...others]] = [
    all("IHDR"),
    all("PLTE"),
    all("tRNS"),
  ];
  if (headers.length !== 1 || headers[0]!.length !== 13 || palettes.length || others.length)
    throw new Error("a chunk comes twice, or is of another size");
  const [width, height] = [headers[0]!.readUInt32BE(0), headers[0]!.readUInt32BE(4)];
  const [depth, type, , , interlace] = [...headers[0]!.subarray(8)] as [
    number,
    number,
    0,
    0,
    number,
  ];
  const count = samples[type]!;
  const raw = inflateSync(Buffer.concat(all("IDAT")));
  const rgba = new Uint8Array(4 * width * height);
  let at = 0;
  for (const rows of passesOf(width, height, interlace === 1)) {
    let above = new Uint8Array(Math.ceil(((rows[0]?.length ?? 0) * count * depth) / 8));
    for (const row of rows) {
      const line = raw.subarray(at + 1, at + 1 + above.length);
      above = unfiltered(raw[at]!, line, above, Math.max(1, (count * depth) >> 3));
      at += 1 + above.length;
      row.forEach((place, i) => {
        const values = Array.from({ length: count }, (_, s) => sample(above, i * count + s, depth));
        rgba.set(colour(values, type, depth, palette, transparent), 4 * place);
      });
    }
  }
  if (at !== raw.length) throw new Error(`${raw.length} bytes of pixels, not ${at}`);
  return rgba;
}

/** A row without its filter: 9.2 of the specification. */
function unfiltered(
  filter: number,
  line: Uint8Array,
  above: Uint8Array,
  step: number,
): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(line);
  for (let i = 0; i < row.length; i++) {
    const a = row[i - step] ?? 0;
    const b = above[i]!;
    const c = i < step ? 0 : above[i - step]!;
    const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
    const paeth = da <= db && da <= dc ? a : db <= dc ? b : c;
    const predicted = [0, a, b, (a + b) >> 1, paeth][filter];
    if (predicted === undefined) throw new Error(`filter ${filter}`);
    row[i]! += predicted;
  }
  return row;
}

/** The n-th sample of `depth` bits in a row. */
function sample(row: Uint8Array, n: number, depth: number): number {
  if (depth === 16) return 256 * row[2 * n]! + row[2 * n + 1]!;
  const bit = n * depth;
  return (row[bit >> 3]! >> (8 - depth - (bit % 8))) & ((1 << depth) - 1);
}

function colour(
  values: readonly number[],
  type: number,
  depth: number,
  palette: Buffer | undefined,
  transparent: Buffer | undefined,
): readonly number[] {
  if (type === 3) {
    const [index] = values as [number];
    const rgb = palette!.subarray(3 * index, 3 * index + 3);
    if (rgb.length < 3) throw new Error(`index ${index} is not in the palette`);
    return [...rgb, transparent?.[index] ?? 255];
  }
  const isTransparent =
    transparent && values.every((v, i) => v === transparent.readUInt16BE(2 * i));
  if (isTransparent) return [0, 0, 0, 0]; // of what cannot be seen, pngjs keeps no colour
  const [first = 0, second = 0, third = 0, fourth] = values.map((v) =>
    Math.round((255 * v) / (2 ** depth - 1)),
  );
  return type === 0 || type === 4
    ? [first, first, first, type === 4 ? second : 255]
    : [first, second, third, fourth ?? 255];
}

/** The chunks of small pictures of every colour type and depth, interlaced or not, of any pixels and filters. */
export const pictures: fc.Arbitrary<Chunk[]> = fc
  .record({
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
    kind: fc.constantFrom(
      ...[0, 2, 3, 4, 6].flatMap((type) =>
        [1, 2, 4, 8, 16]
          .filter((depth) => type === 0 || (type === 3 ? depth < 16 : depth > 4))
          .map((depth) => [type, depth] as const),
      ),
    ),
    interlace: fc.constantFrom(0, 1),
    transparent: fc.boolean(),
    bytes: fc.infiniteStream(fc.nat(255)),
  })
  .map(({ width, height, kind: [type, depth], interlace, transparent, bytes }) => {
    const random = (length: number): Uint8Array =>
      Uint8Array.from({ length }, () => bytes.next().value as number);
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([depth, type, 0, 0, interlace], 8);
    const bits = samples[type]! * depth;
    const raw = passesOf(width, height, interlace === 1)
      .flat()
      .map((row) => [bytes.next().value! % 5, ...random(Math.ceil((row.length * bits) / 8))]);
    const deflated = deflateSync(Uint8Array.from(raw.flat()));
    const middle = deflated.length >> 1;
    const keys: readonly Chunk[] = [
      { type: "tRNS", data: random(type === 3 ? 1 << depth : 2 * samples[type]!) },
    ];
    return [
      { type: "IHDR", data: header },
      { type: "gAMA", data: random(4) },
      ...(type === 3 ? [{ type: "PLTE", data: random(3 << depth) }] : []),
      ...(transparent && type < 4 ? keys : []),
      { type: "IDAT", data: deflated.subarray(0, middle) },
      { type: "IDAT", data: deflated.subarray(middle) },
      { type: "IEND", data: new Uint8Array(0) },
    ];
  });
