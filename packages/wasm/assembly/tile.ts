import { madd } from "./lanes";
import { leavesOut } from "./zeros";

// C[0..rows-1, 0..7] = start + A B, over packed A [k][rows] and packed B [k][8].
//
// One accumulator for each entry, k ascending: a tile begins with what `start` holds, so that a sum cut
// into blocks of k goes on as if it had never been cut. `rows` is a constant wherever this is inlined.
// Twelve accumulators, two vectors of B and one of A are the fifteen registers that V8 has to give. Rows
// descend because V8 in Node 20 emits the multiply-adds of one k in reverse, and would keep all of A alive.
// @ts-ignore: decorator
@inline
function tile(rows: usize, listed: bool, k: usize, list: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
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
  let next = listed ? list : b;
  for (const end = next + (listed ? k << 1 : k << 5); next < end; next += listed ? 2 : 32) {
    if (listed) {
      const p = <usize>load<u16>(next);
      x = a + p * (rows << 2);
      y = b + (p << 5);
    } else y = next;
    const b0 = v128.load(y);
    const b1 = v128.load(y, 16);
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
    if (!listed) x += rows << 2;
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
  tile(1, false, k, 0, a, b, start, startStep, c, step);
}
function tile2(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(2, false, k, 0, a, b, start, startStep, c, step);
}
function tile3(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(3, false, k, 0, a, b, start, startStep, c, step);
}
function tile4(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(4, false, k, 0, a, b, start, startStep, c, step);
}
function tile5(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(5, false, k, 0, a, b, start, startStep, c, step);
}
function tile6(k: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(6, false, k, 0, a, b, start, startStep, c, step);
}
function listedTile1(k: usize, list: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(1, true, k, list, a, b, start, startStep, c, step);
}
function listedTile2(k: usize, list: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(2, true, k, list, a, b, start, startStep, c, step);
}
function listedTile3(k: usize, list: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(3, true, k, list, a, b, start, startStep, c, step);
}
function listedTile4(k: usize, list: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(4, true, k, list, a, b, start, startStep, c, step);
}
function listedTile5(k: usize, list: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(5, true, k, list, a, b, start, startStep, c, step);
}
function listedTile6(k: usize, list: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize): void {
  tile(6, true, k, list, a, b, start, startStep, c, step);
}

/**
 * The tile of 1 to 6 rows: `start` and `c` are addresses, the steps from row to row are in bytes.
 *
 * `list` names the k that count, or is 0.
 */
export function tileOf(
  rows: usize, k: usize, list: usize, a: usize, b: usize, start: usize, startStep: usize, c: usize, step: usize,
): void {
  if (leavesOut(list)) {
    k = load<u16>(list);
    list += 2;
    if (rows == 6) listedTile6(k, list, a, b, start, startStep, c, step);
    else if (rows == 5) listedTile5(k, list, a, b, start, startStep, c, step);
    else if (rows == 4) listedTile4(k, list, a, b, start, startStep, c, step);
    else if (rows == 3) listedTile3(k, list, a, b, start, startStep, c, step);
    else if (rows == 2) listedTile2(k, list, a, b, start, startStep, c, step);
    else listedTile1(k, list, a, b, start, startStep, c, step);
  } else if (rows == 6) tile6(k, a, b, start, startStep, c, step);
  else if (rows == 5) tile5(k, a, b, start, startStep, c, step);
  else if (rows == 4) tile4(k, a, b, start, startStep, c, step);
  else if (rows == 3) tile3(k, a, b, start, startStep, c, step);
  else if (rows == 2) tile2(k, a, b, start, startStep, c, step);
  else tile1(k, a, b, start, startStep, c, step);
}
