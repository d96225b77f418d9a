import type { FloatArray } from "./backend.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { philox4x32 } from "./philox.ts";

/**
 * A place in a stream of random numbers: plain data.
 *
 * The numbers of a stream are numbered; number i depends on seed, stream and i alone. Streams are
 * split by purpose: whoever draws for another purpose takes another stream.
 */
export interface Random {
  /** A whole number in [0, 2^32). */
  readonly seed: number;
  /** A whole number in [0, 2^32). */
  readonly stream: number;
  /** The first number to draw, a whole number in [0, 2^53). */
  readonly counter: number;
}

const words = /* @__PURE__ */ new Uint32Array(4);

/**
 * The words of a stream from 4 `block` to 4 `block` + 3, each a whole number in [0, 2^32).
 *
 * What everything random is made of. Checks nothing: definitions call it in their loops.
 *
 * @param out Four words.
 * @see `philox4x32`: the counter is [block mod 2^32, block / 2^32, stream, 0], the key [seed, 0].
 * @example
 * const out = new Uint32Array(4);
 * randomBlock(out, 0, 0, 0);
 * [...out] // => [1713891541, 3781805453, 3159862348, 2600524760]
 */
export function randomBlock(out: Uint32Array, seed: number, stream: number, block: number): void {
  philox4x32(out, block >>> 0, Math.floor(block / 0x1_0000_0000), stream, 0, seed, 0);
}

/**
 * Fills `out` with numbers from U(0, 1), multiples of 2^-24 in [0, 1).
 *
 * float64 gets the same numbers as float32, so that networks of either kind begin alike.
 *
 * @returns `out`.
 * @throws {RangeError} when `random` is not three whole numbers in their ranges.
 * @see PyTorch `Tensor.uniform_` (the same 24 bits for float32; 53 for float64).
 * @example
 * uniform(new Float32Array(2), { seed: 1, stream: 0, counter: 0 }) // => Float32Array.of(0.8902591466903687, 0.8946846723556519)
 */
export function uniform<A extends FloatArray>(out: A, random: Random): A {
  expectRandom("uniform", random);
  return fill(out, random, (word) => (word >>> 8) / 0x100_0000);
}

/**
 * Fills `out` with numbers from N(0, 1), by the inverse of the distribution function.
 *
 * One word of the stream for each: |z| stays below 6.4.
 *
 * @returns `out`.
 * @throws {RangeError} when `random` is not three whole numbers in their ranges.
 * @see Wichura, Algorithm AS 241 (1988); PyTorch `Tensor.normal_`.
 * @example
 * normal(new Float64Array(1), { seed: 1, stream: 0, counter: 0 })[0] // => 1.2279076052549578
 */
export function normal<A extends FloatArray>(out: A, random: Random): A {
  expectRandom("normal", random);
  return fill(out, random, (word) => normalQuantile((word + 0.5) / 0x1_0000_0000));
}

/**
 * Fills `out` with the whole numbers from 0 to its length - 1, each order as likely as any other.
 *
 * @returns `out`.
 * @throws {RangeError} when `random` is not three whole numbers in their ranges.
 * @see Fisher and Yates' shuffle, from the end; PyTorch `randperm`.
 * @example
 * permutation(new Int32Array(4), { seed: 2, stream: 0, counter: 0 }) // => Int32Array.of(0, 2, 3, 1)
 */
export function permutation(out: Int32Array, random: Random): Int32Array {
  expectRandom("permutation", random);
  for (let i = 0; i < out.length; i++) out[i] = i;
  eachWord(random, out.length, (word, n) => {
    const i = out.length - 1 - n;
    const j = Math.floor((word / 0x1_0000_0000) * (i + 1)); // in [0, i]
    const swapped = out[i]!;
    out[i] = out[j]!;
    out[j] = swapped;
  });
  return out;
}

function fill<A extends FloatArray>(out: A, random: Random, number: (word: number) => number): A {
  eachWord(random, out.length, (word, i) => {
    out[i] = number(word);
  });
  return out;
}

function eachWord(
  { seed, stream, counter }: Random,
  count: number,
  use: (word: number, i: number) => void,
): void {
  for (let i = 0; i < count; i++) {
    const at = counter + i;
    if (i === 0 || at % 4 === 0) randomBlock(words, seed, stream, Math.floor(at / 4));
    use(words[at % 4]!, i);
  }
}

function expectRandom(caller: string, { seed, stream, counter }: Random): void {
  const expectWhole = (name: string, value: number, end: number): void => {
    if (!Number.isInteger(value) || value < 0 || value >= end)
      throw new RangeError(
        `${caller}() expects ${name} to be a whole number in [0, ${end}), but ${name} is ${value}`,
      );
  };
  expectWhole("seed", seed, 0x1_0000_0000);
  expectWhole("stream", stream, 0x1_0000_0000);
  expectWhole("counter", counter, Number.MAX_SAFE_INTEGER);
}
