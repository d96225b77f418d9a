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
import { expect, test, vi } from "vitest";
import { type Idx, type IdxArray, idxElements } from "./idx.ts";
import { readIdx } from "./read-idx.ts";
import { writeIdx } from "./write-idx.ts";

// A mutated raw file is either refused by one of readIdx()'s own errors, or it is the IDX file of exactly
// the array that comes out: writeIdx() gives the same bytes again. A mutated .gz file is refused, or
// unpacks to what was packed (a flipped bit in its time stamp, say), which the same claim is made of.
// Memory: a raw file takes a copy of itself; a packed one itself and three times what it may unpack to,
// which is at most maxBytes, and at most 1032 times its size.

const MAX_BYTES = 1 << 16;
const CHUNKS = 1 << 18; // what unpacking takes however small the file: a few chunks in and out

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Arrays of every element type, with any bits. */
const idxs: fc.Arbitrary<Idx> = fc
  .record({
    shape: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    Element: fc.constantFrom(...idxElements.values()),
  })
  .chain(({ shape, Element }) => {
    const length = shape.reduce((count, n) => count * n, 1) * Element.BYTES_PER_ELEMENT;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => ({ shape, data: new Element(bytes.slice().buffer) as IdxArray }));
  });

interface Attempt {
  /** Undefined where the file was refused. */
  readonly read: Idx | undefined;
  readonly allocated: number;
}

async function attempt(bytes: Uint8Array, maxBytes = MAX_BYTES): Promise<Attempt> {
  const done = watch(bytes);
  const { stop } = countAllocations();
  let read: Idx | undefined;
  try {
    read = await readIdx(bytes, { maxBytes });
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toMatch(/^readIdx\(\) expects .+, but /);
    expect((error as Error).message.length).toBeLessThan(4000); // 255 axes of up to 10 digits
  } finally {
    done();
  }
  return { read, allocated: stop() };
}

/** An IDX file has four bytes of type and rank, then four for each axis. */
const places = Array.from({ length: 5 }, (_, i) => 4 * i);

test("a mutated IDX file is refused, or holds what comes out of it", {
  timeout: fuzzTimeout,
}, async () => {
  const seen = { refused: 0, read: 0 };
  await fc.assert(
    fc.asyncProperty(idxs, idxs, damages, async (idx, other, changes) => {
      const bytes = damaged(writeIdx(idx), changes, { places, other: writeIdx(other) });
      const { read, allocated } = await attempt(bytes);
      expect(allocated).toBeLessThanOrEqual(bytes.length); // a copy of the elements
      seen[read ? "read" : "refused"]++;
      if (read) expect(writeIdx(read)).toEqual(bytes);
    }),
    { numRuns: fuzzRuns },
  );
  expect(seen.refused).toBeGreaterThan(fuzzRuns / 10);
  expect(seen.read).toBeGreaterThan(fuzzRuns / 100);
});

/** Damages of the array in a .gz file, and of the .gz file around it. */
const bothDamages = fc.record({
  inside: fc.option(damages, { nil: [] as readonly Damage[], freq: 2 }),
  outside: fc.option(damages, { nil: [] as readonly Damage[], freq: 6 }),
});

test("a mutated .gz file is refused, or holds what was packed", {
  timeout: fuzzTimeout,
}, async () => {
  const seen = { refused: 0, read: 0 };
  await fc.assert(
    fc.asyncProperty(idxs, idxs, bothDamages, async (idx, next, { inside, outside }) => {
      const content = damaged(writeIdx(idx), inside, { places });
      const other = await gzip(writeIdx(next));
      const bytes = damaged(await gzip(content), outside, { places: [0, -8, -4], other });
      const { read, allocated } = await attempt(bytes);
      const unpacked = Math.min(MAX_BYTES, 1032 * bytes.length);
      expect(allocated).toBeLessThanOrEqual(bytes.length + 3 * unpacked + CHUNKS);
      seen[read ? "read" : "refused"]++;
      if (!read) return;
      const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const truths = isPacked ? [content, writeIdx(next)] : [bytes];
      expect(truths.map(String)).toContain(String(writeIdx(read)));
    }),
    { numRuns: fuzzRuns },
  );
  expect(seen.refused).toBeGreaterThan(fuzzRuns / 10);
  expect(seen.read).toBeGreaterThan(fuzzRuns / 100);
});

test("a .gz file of any size is unpacked as far as maxBytes, and no more of it is taken in", {
  timeout: fuzzTimeout,
}, async () => {
  const zeros = new Uint8Array(2 ** 20);
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      for (let i = 0; i < 256; i++) controller.enqueue(zeros);
      controller.close();
    },
  });
  const packed = source.pipeThrough(new CompressionStream("gzip"));
  const bomb = new Uint8Array(await new Response(packed).arrayBuffer());
  const maxBytes = 2 ** 18;
  expect(bomb.length).toBeLessThan(maxBytes); // or it would not even be begun
  const subarray = vi.spyOn(bomb, "subarray");
  const { read, allocated } = await attempt(bomb, maxBytes);
  expect(read).toBeUndefined();
  const [, end = Number.POSITIVE_INFINITY] = subarray.mock.lastCall ?? [];
  expect(Math.min(bomb.length, end)).toBeLessThan(150_000); // Node takes two times 64 kB ahead
  expect(allocated).toBeLessThan(maxBytes + 200_000);
});
