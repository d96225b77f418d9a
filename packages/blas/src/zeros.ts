import type { FloatArray } from "@feedforward/tensor";

// Our kernels multiply only what is not zero, where an operand has many zeros: the margins of images, and
// what ReLU has cut off. A library multiplies everything, about twice as fast.

const FEW = 0.3; // of all numbers; beyond that a library is faster
const PROBES = 128;

/** Whether few of the first `length` numbers are not zero, going by some, which are always the same. */
export function hasFew(x: FloatArray, length: number): boolean {
  let found = 0;
  let random = 1;
  for (let i = 0; i < PROBES; i++) {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
    if (x[Math.floor((random / 2 ** 32) * length)] !== 0) found++;
  }
  return found < FEW * PROBES;
}
