import type { FloatArray, Products } from "./backend.ts";

/**
 * C[i,j] = start + sum over p of A(i,p) B(p,j), where A(i,p) = a[i rowA + p stepA] and
 * B(p,j) = b[j columnB + p stepB]: the strides make one loop serve all three layouts. The start is
 * bias[j]; without a bias, C[i,j] for beta 1 and 0 for beta 0.
 *
 * Each entry has one accumulator, a double, and p ascends: tiles never show in the result. The 4x4
 * tile keeps sixteen of them in registers, so that eight loads feed sixteen multiply-adds (about 3
 * GFLOP/s where naive loops reach 0.4; Math.fround would halve it).
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
  const tiledRows = m - (m % 4);
  const tiledColumns = n - (n % 4);
  if (beta === 0) c.fill(0, 0, m * n);
  if (bias) for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) c[i * n + j] = bias[j]!;
  for (let i = 0; i < tiledRows; i += 4)
    for (let j = 0; j < tiledColumns; j += 4)
      tile(c, a, rowA, stepA, b, columnB, stepB, i, j, n, k);
  edge(c, a, rowA, stepA, b, columnB, stepB, 0, tiledRows, tiledColumns, n, n, k);
  edge(c, a, rowA, stepA, b, columnB, stepB, tiledRows, m, 0, n, n, k);
}

/** The tile C[i..i+3, j..j+3], going on from what C holds. */
function tile(
  c: FloatArray,
  a: FloatArray,
  rowA: number,
  stepA: number,
  b: FloatArray,
  columnB: number,
  stepB: number,
  i: number,
  j: number,
  n: number,
  k: number,
): void {
  const [r0, r1, r2, r3] = [i * n + j, (i + 1) * n + j, (i + 2) * n + j, (i + 3) * n + j];
  let [c00, c01, c02, c03] = [c[r0]!, c[r0 + 1]!, c[r0 + 2]!, c[r0 + 3]!];
  let [c10, c11, c12, c13] = [c[r1]!, c[r1 + 1]!, c[r1 + 2]!, c[r1 + 3]!];
  let [c20, c21, c22, c23] = [c[r2]!, c[r2 + 1]!, c[r2 + 2]!, c[r2 + 3]!];
  let [c30, c31, c32, c33] = [c[r3]!, c[r3 + 1]!, c[r3 + 2]!, c[r3 + 3]!];
  let at = i * rowA;
  let bt = j * columnB;
  for (let p = 0; p < k; p++) {
    const a0 = a[at]!;
    const a1 = a[at + rowA]!;
    const a2 = a[at + 2 * rowA]!;
    const a3 = a[at + 3 * rowA]!;
    const b0 = b[bt]!;
    c00 += a0 * b0;
    c10 += a1 * b0;
    c20 += a2 * b0;
    c30 += a3 * b0;
    const b1 = b[bt + columnB]!;
    c01 += a0 * b1;
    c11 += a1 * b1;
    c21 += a2 * b1;
    c31 += a3 * b1;
    const b2 = b[bt + 2 * columnB]!;
    c02 += a0 * b2;
    c12 += a1 * b2;
    c22 += a2 * b2;
    c32 += a3 * b2;
    const b3 = b[bt + 3 * columnB]!;
    c03 += a0 * b3;
    c13 += a1 * b3;
    c23 += a2 * b3;
    c33 += a3 * b3;
    at += stepA;
    bt += stepB;
  }
  c[r0] = c00;
  c[r0 + 1] = c01;
  c[r0 + 2] = c02;
  c[r0 + 3] = c03;
  c[r1] = c10;
  c[r1 + 1] = c11;
  c[r1 + 2] = c12;
  c[r1 + 3] = c13;
  c[r2] = c20;
  c[r2 + 1] = c21;
  c[r2 + 2] = c22;
  c[r2 + 3] = c23;
  c[r3] = c30;
  c[r3 + 1] = c31;
  c[r3 + 2] = c32;
  c[r3 + 3] = c33;
}

/** The entries of rows [top, bottom) and columns [left, right), one at a time. */
function edge(
  c: FloatArray,
  a: FloatArray,
  rowA: number,
  stepA: number,
  b: FloatArray,
  columnB: number,
  stepB: number,
  top: number,
  bottom: number,
  left: number,
  right: number,
  n: number,
  k: number,
): void {
  for (let i = top; i < bottom; i++)
    for (let j = left; j < right; j++) {
      let sum = c[i * n + j]!;
      let at = i * rowA;
      let bt = j * columnB;
      for (let p = 0; p < k; p++) {
        sum += a[at]! * b[bt]!;
        at += stepA;
        bt += stepB;
      }
      c[i * n + j] = sum;
    }
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
