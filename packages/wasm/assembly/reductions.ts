import { expOfRow, maxOf } from "./losses";
import { storePart, loadPart } from "./lanes";

/** How many elements one partial sum of `addNorm` spans, whoever computes it. */
const BLOCK: i32 = 16384;

export function addNorm(norm: usize, x: usize, count: i32): void {
  let total = <f64>load<f32>(norm) * <f64>load<f32>(norm);
  for (; count > 0; count -= BLOCK) {
    total += sumOfSquares(x, min(count, BLOCK));
    x += <usize>BLOCK << 2;
  }
  store<f32>(norm, <f32>sqrt(total));
}

/** In doubles, four sums side by side. */
function sumOfSquares(x: usize, count: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (; count > 0; count -= 4) {
    const four = count >= 4 ? v128.load(x) : loadPart(x, count);
    const a = f64x2.promote_low_f32x4(four);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f64>(four, four, 1, 1));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
    x += 16;
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** out[j] = sum over i of x[i,j]. */
export function sumRows(out: usize, x: usize, rows: i32, columns: i32): void {
  sumColumns(out, x, rows, columns, <usize>columns << 2);
}

/** The same for `columns` neighbours among wider rows, `step` bytes from row to row. */
export function sumColumns(out: usize, x: usize, rows: i32, columns: i32, step: usize): void {
  for (; columns >= 16; columns -= 16) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let at = x;
    for (let i = 0; i < rows; i++) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
      at += step;
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    out += 64;
    x += 64;
  }
  for (; columns > 0; columns -= 4) {
    let sum = f32x4.splat(0);
    let at = x;
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, columns >= 4 ? v128.load(at) : loadPart(at, columns));
      at += step;
    }
    if (columns >= 4) v128.store(out, sum);
    else storePart(out, sum, columns);
    out += 16;
    x += 16;
  }
}

export function softmaxRows(out: usize, a: usize, rows: i32, columns: i32): void {
  const step = <usize>columns << 2;
  for (let i = 0; i < rows; i++) {
    const sum = expOfRow(out, a, columns, maxOf(a, columns));
    for (let j: usize = 0; j < step; j += 4) store<f32>(out + j, load<f32>(out + j) / sum);
    out += step;
    a += step;
  }
}
