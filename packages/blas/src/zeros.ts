import type { FloatArray } from "@feedforward/tensor";

// Our kernels multiply only what is not zero, where an operand has many zeros: the margins of images, and
// what ReLU has cut off. A library multiplies everything, about twice as fast.

const FEW = 0.3; // of all numbers; beyond that the library is faster
const PROBES = 128;
const GOLDEN = 0.618033988749895; // its multiples, less their whole parts, lie evenly in [0, 1), in no row or column

/** Whether few of the first `length` numbers are not zero, going by some of them. */
export function hasFew(x: FloatArray, length: number): boolean {
  let found = 0;
  let at = 0;
  for (let i = 0; i < PROBES; i++) {
    at += GOLDEN;
    if (at >= 1) at -= 1;
    if (x[Math.floor(at * length)] !== 0) found++;
  }
  return found < FEW * PROBES;
}
