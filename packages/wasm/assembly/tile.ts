import { madd } from "./lanes";

// C[0..rows-1, 0..7] = start + A B, over packed A [k][rows] and B [k][8], whose rows are `bStep` apart, and so on for
// the panels of B and of C that follow; `bNext` and `startNext` lead from a panel, or its start, to the next.
//
// One accumulator for each entry, k ascending: a tile begins with what `start` holds, so that a sum cut
// into blocks of k goes on as if it had never been cut. `rows` is a constant wherever this is inlined.
// Twelve accumulators, two vectors of B and one of A are the fifteen registers that V8 has to give. Rows
// descend because V8 in Node 20 emits the multiply-adds of one k in reverse, and would keep all of A alive.
// @ts-ignore: decorator
@inline
function tile(
  rows: usize, panels: usize, k: usize, a: usize, b: usize, bStep: usize, bNext: usize,
  start: usize, startStep: usize, startNext: usize, c: usize, step: usize,
): void {
  for (; panels > 0; panels--) {
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
    let x = a;
    let y = b;
    for (const end = a + k * (rows << 2); x < end; x += rows << 2) {
      const b0 = v128.load(y);
      const b1 = v128.load(y, 16);
      y += bStep;
      if (rows > 5) {
        const s = v128.load_splat<f32>(x, 20);
        c51 = madd(s, b1, c51);
        c50 = madd(s, b0, c50);
      }
      if (rows > 4) {
        const s = v128.load_splat<f32>(x, 16);
        c41 = madd(s, b1, c41);
        c40 = madd(s, b0, c40);
      }
      if (rows > 3) {
        const s = v128.load_splat<f32>(x, 12);
        c31 = madd(s, b1, c31);
        c30 = madd(s, b0, c30);
      }
      if (rows > 2) {
        const s = v128.load_splat<f32>(x, 8);
        c21 = madd(s, b1, c21);
        c20 = madd(s, b0, c20);
      }
      if (rows > 1) {
        const s = v128.load_splat<f32>(x, 4);
        c11 = madd(s, b1, c11);
        c10 = madd(s, b0, c10);
      }
      const s = v128.load_splat<f32>(x);
      c01 = madd(s, b1, c01);
      c00 = madd(s, b0, c00);
    }
    b += bNext;
    at = c;
    v128.store(at, c00);
    v128.store(at, c01, 16);
    if (rows > 1) {
      at += step;
      v128.store(at, c10);
      v128.store(at, c11, 16);
    }
    if (rows > 2) {
      at += step;
      v128.store(at, c20);
      v128.store(at, c21, 16);
    }
    if (rows > 3) {
      at += step;
      v128.store(at, c30);
      v128.store(at, c31, 16);
    }
    if (rows > 4) {
      at += step;
      v128.store(at, c40);
      v128.store(at, c41, 16);
    }
    if (rows > 5) {
      at += step;
      v128.store(at, c50);
      v128.store(at, c51, 16);
    }
    start += startNext;
    c += 32;
  }
}

function tiles1(
  panels: usize, k: usize, a: usize, b: usize, bStep: usize, bNext: usize,
  start: usize, startStep: usize, startNext: usize, c: usize, step: usize,
): void {
  tile(1, panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
}
function tiles2(
  panels: usize, k: usize, a: usize, b: usize, bStep: usize, bNext: usize,
  start: usize, startStep: usize, startNext: usize, c: usize, step: usize,
): void {
  tile(2, panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
}
function tiles3(
  panels: usize, k: usize, a: usize, b: usize, bStep: usize, bNext: usize,
  start: usize, startStep: usize, startNext: usize, c: usize, step: usize,
): void {
  tile(3, panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
}
function tiles4(
  panels: usize, k: usize, a: usize, b: usize, bStep: usize, bNext: usize,
  start: usize, startStep: usize, startNext: usize, c: usize, step: usize,
): void {
  tile(4, panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
}
function tiles5(
  panels: usize, k: usize, a: usize, b: usize, bStep: usize, bNext: usize,
  start: usize, startStep: usize, startNext: usize, c: usize, step: usize,
): void {
  tile(5, panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
}
function tiles6(
  panels: usize, k: usize, a: usize, b: usize, bStep: usize, bNext: usize,
  start: usize, startStep: usize, startNext: usize, c: usize, step: usize,
): void {
  tile(6, panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
}

/** Tiles of 1 to 6 rows, side by side: `start` and `c` are addresses, the steps from row to row are in bytes. */
export function tilesOf(
  rows: usize, panels: usize, k: usize, a: usize, b: usize, bStep: usize, bNext: usize,
  start: usize, startStep: usize, startNext: usize, c: usize, step: usize,
): void {
  if (rows == 6) tiles6(panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
  else if (rows == 5) tiles5(panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
  else if (rows == 4) tiles4(panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
  else if (rows == 3) tiles3(panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
  else if (rows == 2) tiles2(panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
  else tiles1(panels, k, a, b, bStep, bNext, start, startStep, startNext, c, step);
}
