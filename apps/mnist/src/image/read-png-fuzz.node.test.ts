import { deflateSync, inflateSync } from "node:zlib";
import {
  countAllocations,
  type Damage,
  damaged,
  damages,
  fuzzRuns,
  fuzzTimeout,
  watch,
} from "@feedforward/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Chunk, chunksIn, pictures, pixelsOf, sealed } from "../testing/png.ts";
import { UserError } from "../user-error.ts";
import { prepareDigit, SIDE } from "./prepare-digit.ts";
import { type Picture, readPng } from "./read-png.ts";

// A mutated file is either refused by a UserError that names it, or it is a whole PNG file (lengths and
// checksums right, one header) of exactly the pixels that come out: those that a plain reading of the
// specification gives. What is allocated is within a multiple of the file and of what it unpacks to.

const SPARE = 1 << 18; // a few chunks of zlib's output, however small the file

/** How many bytes a file's compressed data come to, as far as they can be read. */
function unpackedLength(bytes: Uint8Array): number {
  const file = Buffer.from(bytes);
  const data: Buffer[] = [];
  for (let at = 8; at + 8 <= file.length; at += 12 + file.readUInt32BE(at))
    if (file.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  return 1032 * Buffer.concat(data).length;
}

function attempt(bytes: Uint8Array): "refused" | "read" {
  const done = watch(bytes);
  const { stop } = countAllocations();
  let picture: Picture | undefined;
  try {
    picture = readPng(bytes, "a.png");
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(/^a\.png is (not a PNG file|broken|too large)/);
  } finally {
    done();
  }
  const allocated = stop();
  if (!picture) {
    expect(allocated).toBeLessThanOrEqual(2 * bytes.length + 2 * unpackedLength(bytes) + SPARE);
    return "refused";
  }
  const { width, height, rgba } = picture;
  expect(allocated).toBeLessThanOrEqual(2 * bytes.length + 40 * width * height + SPARE);
  expect(rgba).toBeInstanceOf(Uint8Array);
  const pixels = pixelsOf(chunksIn(bytes));
  expect(rgba.length).toBe(4 * width * height);
  expect(Buffer.compare(rgba, pixels)).toBe(0);
  const image = prepareDigit(picture);
  expect(image?.length ?? SIDE * SIDE).toBe(SIDE * SIDE);
  return "read";
}

/** Turns one chunk into none, two, another type, another place, or another content. */
const chunkChanges = fc.array(
  fc.record({
    kind: fc.constantFrom("remove", "twice", "swap", "rename", "damage", "damage"),
    i: fc.nat(20),
    j: fc.nat(20),
    type: fc.constantFrom("IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "tEXt", "JUNK"),
    changes: damages,
  }),
  { minLength: 1, maxLength: 2 },
);
type ChunkChange = typeof chunkChanges extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

function changed(chunks: readonly Chunk[], change: ChunkChange): Chunk[] {
  const { kind, type, changes } = change;
  const result = [...chunks];
  if (!result.length) return result;
  const [i, j] = [change.i % result.length, change.j % result.length];
  const one = result[i]!;
  if (kind === "remove") result.splice(i, 1);
  if (kind === "twice") result.splice(j, 0, change.i < 10 ? one : { ...one, type });
  if (kind === "swap") [result[i], result[j]] = [result[j]!, one];
  if (kind === "rename") result[i] = { ...one, type };
  if (kind === "damage")
    result[i] = { ...one, data: damaged(one.data, changes, { places: [0, 4] }) };
  return result;
}

/** Damages the rows of pixels, and packs them again. */
function withRows(chunks: readonly Chunk[], changes: readonly Damage[]): Chunk[] {
  const isData = ({ type }: Chunk): boolean => type === "IDAT";
  const packed = Buffer.concat(chunks.filter(isData).map(({ data }) => data));
  const data = deflateSync(damaged(inflateSync(packed), changes));
  const at = chunks.findIndex(isData);
  return [
    ...chunks.slice(0, at),
    { type: "IDAT", data },
    ...chunks.slice(at).filter((c) => !isData(c)),
  ];
}

/** Counts what comes of files, none of which may do anything else. */
function expectRefusedOrTrue(files: fc.Arbitrary<Uint8Array>, leastRead: number): void {
  const seen = { refused: 0, read: 0 };
  fc.assert(
    fc.property(files, (bytes) => {
      seen[attempt(bytes)]++;
    }),
    { numRuns: fuzzRuns },
  );
  expect(seen.refused).toBeGreaterThanOrEqual(fuzzRuns / 10);
  expect(seen.read).toBeGreaterThanOrEqual(leastRead);
}

test("PNG files of every kind are read as the specification says", { timeout: fuzzTimeout }, () => {
  fc.assert(fc.property(pictures, (chunks) => void expect(attempt(sealed(chunks))).toBe("read")));
});

test("a PNG file with bytes changed, cut off, added or moved is refused, or holds what comes out of it", {
  timeout: fuzzTimeout,
}, () => {
  const files = fc
    .record({ chunks: pictures, other: pictures, changes: damages })
    .map(({ chunks, other, changes }) =>
      damaged(sealed(chunks), changes, { places: [8, 16, 20, 24], other: sealed(other) }),
    );
  expectRefusedOrTrue(files, 0); // a checksum seldom stays right
});

test("a PNG file whose chunks lie, with right checksums, is refused, or holds what comes out of it", {
  timeout: fuzzTimeout,
}, () => {
  const files = fc
    .record({ chunks: pictures, changes: chunkChanges })
    .map(({ chunks, changes }) => sealed(changes.reduce(changed, chunks)));
  expectRefusedOrTrue(files, fuzzRuns / 100);
});

test("a PNG file with other rows than its header says is refused, or holds what comes out of it", {
  timeout: fuzzTimeout,
}, () => {
  const files = fc
    .record({ chunks: pictures, changes: damages })
    .map(({ chunks, changes }) => sealed(withRows(chunks, changes)));
  expectRefusedOrTrue(files, fuzzRuns / 100);
});
