import { loadPart, madd, storePart } from "./lanes";

// Packing: what a tile reads lies in the order in which it is read. All steps are in bytes.

/** out[r, j] = x[r, j] of so many rows and columns. */
export function copyRows(out: usize, outStep: usize, x: usize, step: usize, rows: usize, columns: usize): void {
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < columns << 2; j += 4) store<f32>(out + j, load<f32>(x + j));
    out += outStep;
    x += step;
  }
}

/** out[p, r] = x[r, p], for `rows` rows of x, of k numbers each. */
export function transpose(out: usize, outStep: usize, x: usize, step: usize, rows: usize, k: usize): void {
  transposeWith(false, out, outStep, x, step, rows, k);
}

/** out[p][r] = x[p, r], for `rows` columns r of x: A of a product whose sums run down its columns. */
export function packColumns(out: usize, x: usize, step: usize, rows: usize, k: usize): void {
  for (let p: usize = 0; p < k; p++) {
    let r: usize = 0;
    for (; r + 4 <= rows; r += 4) v128.store(out + (r << 2), v128.load(x + (r << 2)));
    for (; r < rows; r++) store<f32>(out + (r << 2), load<f32>(x + (r << 2)));
    out += rows << 2;
    x += step;
  }
}

/** out[p][j] = x[j, p] for j < columns, 0 for the others of `width`: a panel of B where C = A B^T. */
export function packPanelOfRows(out: usize, width: usize, x: usize, step: usize, columns: usize, k: usize): void {
  if (columns < width) memory.fill(out, 0, (k * width) << 2);
  transpose(out, width << 2, x, step, columns, k);
}

/** The same, and whether all of x is finite. */
export function packFinitePanelOfRows(out: usize, width: usize, x: usize, step: usize, columns: usize, k: usize): bool {
  if (columns < width) memory.fill(out, 0, (k * width) << 2);
  const check = transposeWith(true, out, width << 2, x, step, columns, k);
  return !v128.any_true(f32x4.ne(check, check));
}

/** out[p][j] = x[p, j] for j < columns, 0 for the others of `width`: a panel of B where C = A B. */
export function packPanelOfColumns(out: usize, width: usize, x: usize, step: usize, columns: usize, k: usize): void {
  if (columns < width) memory.fill(out, 0, (k * width) << 2);
  const whole = (columns & ~3) << 2;
  const part = <i32>(columns & 3);
  for (let p: usize = 0; p < k; p++) {
    for (let at: usize = 0; at < whole; at += 16) v128.store(out + at, v128.load(x + at));
    if (part) storePart(out + whole, loadPart(x + whole, part), part);
    out += width << 2;
    x += step;
  }
}

/** The same; with `check`, it gives sums of 0 x[r, p]: 0, or NaN where x is NaN or infinite. */
// @ts-ignore: decorator
@inline
function transposeWith(
  check: bool, out: usize, outStep: usize, x: usize, step: usize, rows: usize, k: usize,
): v128 {
  const none = f32x4.splat(0);
  let sum01 = none;
  let sum23 = none;
  const end = k << 2;
  let r: usize = 0;
  for (; r + 4 <= rows; r += 4) {
    let to = out + (r << 2);
    const x0 = x + r * step;
    const x1 = x0 + step;
    const x2 = x1 + step;
    const x3 = x2 + step;
    let at: usize = 0;
    for (; at + 16 <= end; at += 16) {
      const r0 = v128.load(x0 + at);
      const r1 = v128.load(x1 + at);
      const r2 = v128.load(x2 + at);
      const r3 = v128.load(x3 + at);
      if (check) {
        sum01 = madd(none, r1, madd(none, r0, sum01));
        sum23 = madd(none, r3, madd(none, r2, sum23));
      }
      const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
      to += outStep;
      v128.store(to, v128.shuffle<f64>(low01, low23, 1, 3));
      to += outStep;
      v128.store(to, v128.shuffle<f64>(high01, high23, 0, 2));
      to += outStep;
      v128.store(to, v128.shuffle<f64>(high01, high23, 1, 3));
      to += outStep;
    }
    for (; at < end; at += 4) {
      let column = v128.load_zero<f32>(x0 + at);
      column = v128.load_lane<f32>(x1 + at, column, 1);
      column = v128.load_lane<f32>(x2 + at, column, 2);
      column = v128.load_lane<f32>(x3 + at, column, 3);
      if (check) sum01 = madd(none, column, sum01);
      v128.store(to, column);
      to += outStep;
    }
  }
  for (; r < rows; r++) {
    let to = out + (r << 2);
    const from = x + r * step;
    for (let at: usize = 0; at < end; at += 4) {
      const one = load<f32>(from + at);
      if (check) sum23 = madd(none, f32x4.splat(one), sum23);
      store<f32>(to, one);
      to += outStep;
    }
  }
  return f32x4.add(sum01, sum23);
}
