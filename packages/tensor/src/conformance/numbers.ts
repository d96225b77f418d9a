import { uniform } from "../random.ts";

/** Makes floats: `numbers` or `wildNumbers`. */
export type Make = (length: number, salt: number, scale?: number) => Float32Array;

/** `length` floats in [-scale, scale), of a stream of their own. */
export function numbers(length: number, salt: number, scale = 1): Float32Array {
  const random = uniform(new Float32Array(length), { seed: 7, stream: salt, counter: 0 });
  return random.map((x) => (2 * x - 1) * scale);
}

/** Floats that no formula likes, amid some that it does. */
export function wildNumbers(length: number, salt: number): Float32Array {
  const wild = [NaN, Infinity, -Infinity, 0, -0, 1e4, -1e4, 1e-40, -1e-40, 1e18, -1e18, 88.8];
  return numbers(length, salt, 3).map((x, i) => ((i + salt) % 3 ? wild[(i + salt) % 12]! : x));
}
