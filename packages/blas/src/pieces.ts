import type { Library } from "./library.ts";

// On processors with AVX-512, OpenBLAS has kernels for small products that read the operands where they
// lie, without packing them first: a tenth to a third faster. So a greater product is computed in pieces,
// as long as the second cache holds one operand and a few columns of the other.

const CORES = ["SkylakeX", "Cooperlake", "SapphireRapids"];
const MOST = 1e6; // multiplications of a small product,
const MOST_ENTRIES = 1200; // and entries, where C = A B^T
const LARGE = 3e8; // multiplications of a product that is better packed
const STEP = 8; // rows that such a kernel computes together

// Of cblas.h.
export const ROW_MAJOR = 101;
export const AS_IT_IS = 111;
export const TRANSPOSED = 112;

/** C[m,n] = op(A) op(B) + beta C along k, on so many threads; the steps are from row to row, in floats. */
export type Multiply = (
  threads: number,
  transA: number,
  transB: number,
  m: number,
  n: number,
  k: number,
  a: number,
  stepA: number,
  b: number,
  stepB: number,
  beta: number,
  c: number,
  stepC: number,
) => void;

/** The length of the parts, as equal as multiples of `step` can be, of `count` things, each of `most` at most. */
const partOf = (count: number, most: number, step: number): number =>
  Math.ceil(count / Math.ceil(count / (most - (most % step))) / step) * step;

/** The products of a library, in pieces where that is faster. */
export function multiplyWith({ sgemm, core = "" }: Library): Multiply {
  const largest = CORES.includes(core) ? LARGE : 0;
  return (threads, transA, transB, m, n, k, a, stepA, b, stepB, beta, c, stepC) => {
    const ofRows = transB === TRANSPOSED;
    const entries = Math.min(ofRows ? MOST_ENTRIES : Number.POSITIVE_INFINITY, MOST / k);
    const [high, wide] = ofRows ? [64, 16] : [24, 64]; // what the kernels like best
    let [rows, columns] = [m, n];
    if (threads === 1 && m * n * k <= largest && m * n > entries && entries >= STEP * wide) {
      rows = partOf(m, Math.min(high, entries / wide), STEP);
      columns = partOf(n, entries / rows, wide);
    }
    const rowOfA = transA === TRANSPOSED ? 1 : stepA;
    const columnOfB = ofRows ? stepB : 1;
    for (let j = 0; j < n; j += columns)
      for (let i = 0; i < m; i += rows)
        sgemm(
          ROW_MAJOR,
          transA,
          transB,
          Math.min(rows, m - i),
          Math.min(columns, n - j),
          k,
          1,
          a + 4 * i * rowOfA,
          stepA,
          b + 4 * j * columnOfB,
          stepB,
          beta,
          c + 4 * (i * stepC + j),
          stepC,
        );
  };
}
