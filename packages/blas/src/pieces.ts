import type { Library } from "./library.ts";

// On processors with AVX-512, OpenBLAS has kernels for small products that read the operands where they
// lie, without packing them first: a tenth to a third faster, as long as the caches hold them. So a
// product that is too great for them, but not for the caches, is computed in pieces.

const CORES = ["SkylakeX", "Cooperlake", "SapphireRapids"];
const MOST = 1e6; // multiplications of a small product,
const MOST_ENTRIES = 1200; // and entries, where C = A B^T
const LARGE = 1e8; // multiplications of C = A B^T that is better packed
const LARGE_B = 2 ** 17; // numbers in B, half of a second cache of 1 MB, else
const SHARED = 1e7; // multiplications that a library shares among its threads
const ROWS = 24; // of a piece, at most
const FEWEST = 16; // columns, else a piece is not worth its call

// Of cblas.h.
export const ROW_MAJOR = 101;
export const AS_IT_IS = 111;
export const TRANSPOSED = 112;

/** C[m,n] = op(A) op(B) + beta C along k; the steps are from row to row, in floats. */
export type Multiply = (
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

/** The length of the parts, as equal as can be, of `count` things, each of `most` at most. */
const partOf = (count: number, most: number): number =>
  Math.ceil(count / Math.ceil(count / Math.max(1, Math.floor(most))));

/** The products of a library, in pieces where that is faster. */
export function multiplyWith({ sgemm, core = "" }: Library, threads: number): Multiply {
  const largest = CORES.includes(core) ? (threads > 1 ? SHARED : LARGE) : 0;
  return (transA, transB, m, n, k, a, stepA, b, stepB, beta, c, stepC) => {
    const ofRows = transB === TRANSPOSED;
    const entries = Math.min(ofRows ? MOST_ENTRIES : Number.POSITIVE_INFINITY, MOST / k);
    let [rows, columns] = [m, n];
    if (m * n * k <= largest && m * n > entries && (ofRows || n * k <= LARGE_B)) {
      rows = partOf(m, ROWS);
      columns = partOf(n, entries / rows);
      if (columns < Math.min(n, FEWEST)) [rows, columns] = [m, n];
    }
    const rowOfA = transA === TRANSPOSED ? 1 : stepA;
    const columnOfB = ofRows ? stepB : 1;
    for (let i = 0; i < m; i += rows)
      for (let j = 0; j < n; j += columns)
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
