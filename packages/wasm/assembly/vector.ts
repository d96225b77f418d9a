import { loadPart, madd, storePart } from "./lanes";

// One row times many: to pack what is read once would cost as much again.

/** sum + x0 B(r,0) + ... + x3 B(r,3) for four rows r of B, in this order: as a tile adds. */
// @ts-ignore: decorator
@inline
function addFour(sum: v128, x: v128, b0: usize, b1: usize, b2: usize, b3: usize): v128 {
  const r0 = v128.load(b0);
  const r1 = v128.load(b1);
  const r2 = v128.load(b2);
  const r3 = v128.load(b3);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  sum = madd(v128.shuffle<f32>(x, x, 0, 0, 0, 0), v128.shuffle<f64>(low01, low23, 0, 2), sum);
  sum = madd(v128.shuffle<f32>(x, x, 1, 1, 1, 1), v128.shuffle<f64>(low01, low23, 1, 3), sum);
  sum = madd(v128.shuffle<f32>(x, x, 2, 2, 2, 2), v128.shuffle<f64>(high01, high23, 0, 2), sum);
  return madd(v128.shuffle<f32>(x, x, 3, 3, 3, 3), v128.shuffle<f64>(high01, high23, 1, 3), sum);
}

// @ts-ignore: decorator
@inline
function addOne(sum: v128, x: v128, b0: usize, b1: usize, b2: usize, b3: usize): v128 {
  let column = v128.load_zero<f32>(b0);
  column = v128.load_lane<f32>(b1, column, 1);
  column = v128.load_lane<f32>(b2, column, 2);
  column = v128.load_lane<f32>(b3, column, 3);
  return madd(x, column, sum);
}

/** C[1,n] = A[1,k] B[n,k]^T + bias. */
export function rowTimesRows(c: usize, a: usize, b: usize, step: usize, n: usize, k: usize, bias: usize): void {
  const whole = a + ((k & ~3) << 2);
  const end = a + (k << 2);
  const none = f32x4.splat(0);
  const toLast = 7 * step;
  for (; n >= 8; n -= 8) {
    let s0 = bias ? v128.load(bias) : none;
    let s1 = bias ? v128.load(bias, 16) : none;
    let at = b;
    let x = a;
    for (; x < whole; x += 16) {
      const four = v128.load(x);
      const b1 = at + step;
      const b2 = b1 + step;
      const b3 = b2 + step;
      const b4 = b3 + step;
      const b5 = b4 + step;
      const b6 = b5 + step;
      s0 = addFour(s0, four, at, b1, b2, b3);
      s1 = addFour(s1, four, b4, b5, b6, at + toLast);
      at += 16;
    }
    for (; x < end; x += 4) {
      const one = v128.load_splat<f32>(x);
      const b4 = at + (step << 2);
      s0 = addOne(s0, one, at, at + step, at + (step << 1), at + 3 * step);
      s1 = addOne(s1, one, b4, b4 + step, b4 + (step << 1), b4 + 3 * step);
      at += 4;
    }
    v128.store(c, s0);
    v128.store(c, s1, 16);
    c += 32;
    b += step << 3;
    if (bias) bias += 32;
  }
  for (; n > 0; n -= min<usize>(n, 4)) {
    const rows = <i32>min<usize>(n, 4);
    const b1 = rows > 1 ? step : 0; // a row that is not there is one that is
    const b2 = rows > 2 ? step << 1 : 0;
    const b3 = rows > 3 ? 3 * step : 0;
    let sum = bias ? (rows == 4 ? v128.load(bias) : loadPart(bias, rows)) : none;
    let at = b;
    let x = a;
    for (; x < whole; x += 16) {
      sum = addFour(sum, v128.load(x), at, at + b1, at + b2, at + b3);
      at += 16;
    }
    for (; x < end; x += 4) {
      sum = addOne(sum, v128.load_splat<f32>(x), at, at + b1, at + b2, at + b3);
      at += 4;
    }
    if (rows == 4) v128.store(c, sum);
    else storePart(c, sum, rows);
    c += 16;
    b += step << 2;
    if (bias) bias += 16;
  }
}
