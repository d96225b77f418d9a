import type { FloatArray } from "./backend.ts";

/**
 * C[i,j] += sum over p of A(i,p) B(p,j), with A and B as `product` has them.
 *
 * The 4x4 tile keeps sixteen sums in variables, so that eight loads feed sixteen multiply-adds. They are
 * declared one by one: taken out of an array, they made a step of a small network a sixth slower.
 */
export function addTiles(
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
): void {
  const tiledRows = m - (m % 4);
  const tiledColumns = n - (n % 4);
  for (let i = 0; i < tiledRows; i += 4) {
    for (let j = 0; j < tiledColumns; j += 4)
      tile(c, a, rowA, stepA, b, columnB, stepB, i, j, n, k);
    for (let j = tiledColumns; j < n; j++)
      strip(c, i * n + j, n, b, j * columnB, stepB, a, i * rowA, rowA, stepA, k);
  }
  for (let i = tiledRows; i < m; i++) {
    for (let j = 0; j < tiledColumns; j += 4)
      strip(c, i * n + j, 1, a, i * rowA, stepA, b, j * columnB, columnB, stepB, k);
    for (let j = tiledColumns; j < n; j++)
      entry(c, i * n + j, a, i * rowA, stepA, b, j * columnB, stepB, k);
  }
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
  const r0 = i * n + j;
  const r1 = (i + 1) * n + j;
  const r2 = (i + 2) * n + j;
  const r3 = (i + 3) * n + j;
  let c00 = c[r0]!;
  let c01 = c[r0 + 1]!;
  let c02 = c[r0 + 2]!;
  let c03 = c[r0 + 3]!;
  let c10 = c[r1]!;
  let c11 = c[r1 + 1]!;
  let c12 = c[r1 + 2]!;
  let c13 = c[r1 + 3]!;
  let c20 = c[r2]!;
  let c21 = c[r2 + 1]!;
  let c22 = c[r2 + 2]!;
  let c23 = c[r2 + 3]!;
  let c30 = c[r3]!;
  let c31 = c[r3 + 1]!;
  let c32 = c[r3 + 2]!;
  let c33 = c[r3 + 3]!;
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

/** Four entries of C, `next` apart: a row of A and four columns of B, or four rows and a column. */
function strip(
  c: FloatArray,
  at: number,
  next: number,
  x: FloatArray,
  startX: number,
  stepX: number,
  y: FloatArray,
  startY: number,
  rowY: number,
  stepY: number,
  k: number,
): void {
  let c0 = c[at]!;
  let c1 = c[at + next]!;
  let c2 = c[at + 2 * next]!;
  let c3 = c[at + 3 * next]!;
  let xt = startX;
  let yt = startY;
  for (let p = 0; p < k; p++) {
    const x0 = x[xt]!;
    c0 += x0 * y[yt]!;
    c1 += x0 * y[yt + rowY]!;
    c2 += x0 * y[yt + 2 * rowY]!;
    c3 += x0 * y[yt + 3 * rowY]!;
    xt += stepX;
    yt += stepY;
  }
  c[at] = c0;
  c[at + next] = c1;
  c[at + 2 * next] = c2;
  c[at + 3 * next] = c3;
}

/** One entry of C. */
function entry(
  c: FloatArray,
  at: number,
  a: FloatArray,
  startA: number,
  stepA: number,
  b: FloatArray,
  startB: number,
  stepB: number,
  k: number,
): void {
  let sum = c[at]!;
  let aAt = startA;
  let bAt = startB;
  for (let p = 0; p < k; p++) {
    sum += a[aAt]! * b[bAt]!;
    aAt += stepA;
    bAt += stepB;
  }
  c[at] = sum;
}
