import type { FloatArray } from "@feedforward/tensor";

// Our kernels multiply only what is not zero, where an operand has many zeros: the margins of images, and
// what ReLU has cut off. A library multiplies everything, faster.

const FEW = 0.3; // of all numbers; beyond that a library is faster,
const FEW_SHARED = 0.6; // and on several threads, which gain it less
const PROBES = 128;

const SHARED = 8e6; // multiplications that are worth several threads
const DENSE = 0.2; // of the work that is shared; from there on the library has all of it
const REMEMBERED = 64; // products

/** Whether few of the first `length` numbers are not zero, going by some, which are always the same. */
export function hasFew(x: FloatArray, length: number, few: number = FEW): boolean {
  let found = 0;
  let random = 1;
  for (let i = 0; i < PROBES; i++) {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
    if (x[Math.floor((random / 2 ** 32) * length)] !== 0) found++;
  }
  return found < few * PROBES;
}

/** On how many threads the library computes a product of so many multiplications; 0 where our kernels are faster. */
export type ThreadsFor = (
  work: number,
  x: FloatArray,
  xLength: number,
  y?: FloatArray,
  yLength?: number,
) => number;

/**
 * Chooses for a run, product by product. Of one operand, x, or of both, zeros can be left out.
 *
 * Threads look out for their next product for some milliseconds before they sleep, so that two pools would
 * fight for the processors: all that is shared is our kernels', or the library's, as the last products have it.
 */
export function chooser(threads: number): ThreadsFor {
  let [all, dense] = [0, 0]; // work
  return (work, x, xLength, y = x, yLength = xLength) => {
    const shared = threads > 1 && work >= SHARED;
    const most = shared ? FEW_SHARED : FEW;
    const few = hasFew(x, xLength, most) || hasFew(y, yLength, most);
    if (!shared) return few ? 0 : 1;
    all += (work - all) / REMEMBERED;
    dense += ((few ? 0 : work) - dense) / REMEMBERED;
    return dense < DENSE * all ? 0 : threads;
  };
}
