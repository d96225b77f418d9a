import { madd } from "./lanes";

// C[0..rows-1, 0..7] = start + A B, over packed A [k][rows] and packed B [k][8].
//
// One accumulator for each entry, k ascending: a tile begins with what `start` holds, so that a sum cut
// into blocks of k goes on as if it had never been cut. `rows` is a constant wherever this is inlined.
// Twelve accumulators, two vectors of B and one of A are the fifteen registers that V8 has to give. Rows
// descend because V8 in Node 20 emits the multiply-adds of one k in reverse, and would keep all of A alive.
// @ts-ignore: decorator
@inline
function tile(rows: usize, k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  let at = start;
  let c00 = v128.load(at);
  let c01 = v128.load(at, 16);
  if (rows > 1) at += startStep;
  let c10 = v128.load(at);
  let c11 = v128.load(at, 16);
  if (rows > 2) at += startStep;
  let c20 = v128.load(at);
  let c21 = v128.load(at, 16);
  if (rows > 3) at += startStep;
  let c30 = v128.load(at);
  let c31 = v128.load(at, 16);
  if (rows > 4) at += startStep;
  let c40 = v128.load(at);
  let c41 = v128.load(at, 16);
  if (rows > 5) at += startStep;
  let c50 = v128.load(at);
  let c51 = v128.load(at, 16);
  for (let end = b + (k << 5); b < end; b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    if (rows > 5) {
      const x = v128.load_splat<f32>(a, 20);
      c51 = madd(x, b1, c51);
      c50 = madd(x, b0, c50);
    }
    if (rows > 4) {
      const x = v128.load_splat<f32>(a, 16);
      c41 = madd(x, b1, c41);
      c40 = madd(x, b0, c40);
    }
    if (rows > 3) {
      const x = v128.load_splat<f32>(a, 12);
      c31 = madd(x, b1, c31);
      c30 = madd(x, b0, c30);
    }
    if (rows > 2) {
      const x = v128.load_splat<f32>(a, 8);
      c21 = madd(x, b1, c21);
      c20 = madd(x, b0, c20);
    }
    if (rows > 1) {
      const x = v128.load_splat<f32>(a, 4);
      c11 = madd(x, b1, c11);
      c10 = madd(x, b0, c10);
    }
    const x = v128.load_splat<f32>(a);
    c01 = madd(x, b1, c01);
    c00 = madd(x, b0, c00);
    a += rows << 2;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  if (rows > 1) {
    c += step;
    v128.store(c, c10);
    v128.store(c, c11, 16);
  }
  if (rows > 2) {
    c += step;
    v128.store(c, c20);
    v128.store(c, c21, 16);
  }
  if (rows > 3) {
    c += step;
    v128.store(c, c30);
    v128.store(c, c31, 16);
  }
  if (rows > 4) {
    c += step;
    v128.store(c, c40);
    v128.store(c, c41, 16);
  }
  if (rows > 5) {
    c += step;
    v128.store(c, c50);
    v128.store(c, c51, 16);
  }
}

function tile1(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(1, k, a, b, start, startStep, c, step);
}
function tile2(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(2, k, a, b, start, startStep, c, step);
}
function tile3(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(3, k, a, b, start, startStep, c, step);
}
function tile4(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(4, k, a, b, start, startStep, c, step);
}
function tile5(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(5, k, a, b, start, startStep, c, step);
}
function tile6(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(6, k, a, b, start, startStep, c, step);
}

/** The tile of 1 to 6 rows: `start` and `c` are addresses, the steps from row to row are in bytes. */
export function tileOf(rows: usize, k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  if (rows == 6) tile6(k, a, b, start, startStep, c, step);
  else if (rows == 5) tile5(k, a, b, start, startStep, c, step);
  else if (rows == 4) tile4(k, a, b, start, startStep, c, step);
  else if (rows == 3) tile3(k, a, b, start, startStep, c, step);
  else if (rows == 2) tile2(k, a, b, start, startStep, c, step);
  else tile1(k, a, b, start, startStep, c, step);
}
