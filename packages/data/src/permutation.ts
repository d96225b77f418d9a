/** Streams of random numbers by purpose, so that a split and a shuffle of one seed are unrelated. */
export const streams = { split: 0x73706c74, shuffle: 0x73686666 } as const;

/** Which random numbers: plain data. */
export interface Random {
  readonly seed: number;
  readonly stream: number;
  readonly counter: number;
}

/** The integers from 0 to count - 1 in a random order (Fisher and Yates), the same for the same `random`. */
export function permutation(count: number, { seed, stream, counter }: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const key = mix(mix(mix(seed) ^ stream) ^ counter);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor((mix(key ^ mix(i)) / 0x1_0000_0000) * (i + 1));
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}

/** A bijection of 32-bit integers in which each bit of the input flips each bit of the output half the time. */
function mix(x: number): number {
  let h = (x + 0x9e3779b9) | 0; // so that 0 does not map to 0
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad); // constants: Wellons, Hash prospector
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return (h ^ (h >>> 15)) >>> 0;
}
