import type { FloatArray, Products } from "./backend.ts";
import { addBlocks } from "./blocks.ts";
import { addTiles } from "./tiles.ts";

/**
 * C[i,j] = start + sum over p of A(i,p) B(p,j), where A(i,p) = a[i rowA + p stepA] and
 * B(p,j) = b[j columnB + p stepB]: the strides make one loop serve all three layouts. The start is
 * bias[j]; without a bias, C[i,j] for beta 1 and 0 for beta 0.
 *
 * Each entry has one accumulator, a double, and p ascends: neither blocks nor tiles show in the result.
 */
function product(
  c: FloatArray,
  a: FloatArray,
  rowA: number,
  stepA: number,
  b: FloatArray,
  columnB: number,
  stepB: number,
  m: number,
  n: number,
  k: number,
  beta: 0 | 1,
  bias?: FloatArray,
): void {
  if (bias) for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) c[i * n + j] = bias[j]!;
  else if (beta === 0) c.fill(0, 0, m * n);
  const add = m >= 4 && n >= 8 && k >= 16 ? addBlocks : addTiles; // of less, blocks would mostly copy
  add(c, a, rowA, stepA, b, columnB, stepB, m, n, k);
}

/**
 * The three matrix products over plain buffers, as the reference backend runs them. Nothing is checked.
 *
 * An entry is summed in one double, from its bias or from what `c` holds, and rounded once. No zero is
 * skipped: NaN and Infinity reach every entry that they belong to.
 *
 * @see `affine`, `matmul`, `matmulNT` and `matmulTN`, which check shapes.
 * @example
 * const c = new Float32Array(1);
 * products.nt(c, Float32Array.of(1, 2), Float32Array.of(3, 4), 1, 1, 2, Float32Array.of(10));
 * c // => Float32Array.of(21)
 */
export const products: Products = {
  nt: (c, a, b, m, n, k, bias) => product(c, a, k, 1, b, k, 1, m, n, k, 0, bias),
  nn: (c, a, b, m, n, k) => product(c, a, k, 1, b, 1, n, m, n, k, 0),
  tn: (c, a, b, m, n, k, beta) => product(c, a, 1, m, b, 1, n, m, n, k, beta),
};
