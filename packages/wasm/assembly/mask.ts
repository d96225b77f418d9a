import { storePart } from "./lanes";

// Philox 4x32-10, four blocks of four words at a time, and the dropout mask made of them.

// @ts-ignore: decorator
@inline
function low32(even: v128, odd: v128): v128 {
  return v128.shuffle<i32>(even, odd, 0, 4, 2, 6);
}

// @ts-ignore: decorator
@inline
function high32(even: v128, odd: v128): v128 {
  return v128.shuffle<i32>(even, odd, 1, 5, 3, 7);
}

/** The products of the even lanes with a constant, 64 bits each. */
// @ts-ignore: decorator
@inline
function productOfEven(x: v128, factor: u64): v128 {
  const inOrder = v128.shuffle<i32>(x, x, 0, 2, 0, 2);
  return i64x2.extmul_low_i32x4_u(inOrder, i32x4.splat(<i32>factor));
}

// @ts-ignore: decorator
@inline
function productOfOdd(x: v128, factor: u64): v128 {
  const inOrder = v128.shuffle<i32>(x, x, 1, 3, 1, 3);
  return i64x2.extmul_low_i32x4_u(inOrder, i32x4.splat(<i32>factor));
}

/** mask[i] = 0 with probability `rate`, else 1 / (1 - rate), from the words of the stream from 4 `block` on. */
export function drawMask(mask: usize, count: i32, rate: f64, seed: i32, stream: i32, block: f64): void {
  const kept = f32x4.splat(<f32>(1 / (1 - rate)));
  const limit = <u64>ceil(rate * 4294967296); // a word is dropped where it is below this
  const last = i32x4.splat(limit ? <i32>(limit - 1) : 0);
  const any = limit ? i32x4.splat(-1) : i32x4.splat(0);
  let at = <u64>block;
  const m0: u64 = 0xd2511f53;
  const m2: u64 = 0xcd9e8d57;
  for (; count > 0; count -= 16) {
    let c0 = i32x4.splat(<i32>at);
    c0 = i32x4.replace_lane(c0, 1, <i32>(at + 1));
    c0 = i32x4.replace_lane(c0, 2, <i32>(at + 2));
    c0 = i32x4.replace_lane(c0, 3, <i32>(at + 3));
    let c1 = i32x4.splat(<i32>(at >> 32));
    c1 = i32x4.replace_lane(c1, 1, <i32>((at + 1) >> 32));
    c1 = i32x4.replace_lane(c1, 2, <i32>((at + 2) >> 32));
    c1 = i32x4.replace_lane(c1, 3, <i32>((at + 3) >> 32));
    let c2 = i32x4.splat(stream);
    let c3 = i32x4.splat(0);
    let k0 = seed;
    let k1 = 0;
    for (let round = 0; round < 10; round++) {
      const even0 = productOfEven(c0, m0);
      const odd0 = productOfOdd(c0, m0);
      const even2 = productOfEven(c2, m2);
      const odd2 = productOfOdd(c2, m2);
      c0 = v128.xor(v128.xor(high32(even2, odd2), c1), i32x4.splat(k0));
      c1 = low32(even2, odd2);
      c2 = v128.xor(v128.xor(high32(even0, odd0), c3), i32x4.splat(k1));
      c3 = low32(even0, odd0);
      k0 += 0x9e3779b9;
      k1 += 0xbb67ae85;
    }
    const low01 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
    const low23 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5);
    const high23 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
    put(mask, v128.shuffle<i64>(low01, low23, 0, 2), last, any, kept, count);
    put(mask + 16, v128.shuffle<i64>(low01, low23, 1, 3), last, any, kept, count - 4);
    put(mask + 32, v128.shuffle<i64>(high01, high23, 0, 2), last, any, kept, count - 8);
    put(mask + 48, v128.shuffle<i64>(high01, high23, 1, 3), last, any, kept, count - 12);
    at += 4;
    mask += 64;
  }
}

// @ts-ignore: decorator
@inline
function put(to: usize, words: v128, last: v128, any: v128, kept: v128, count: i32): void {
  const dropped = v128.and(i32x4.le_u(words, last), any);
  const m = v128.andnot(kept, dropped);
  if (count >= 4) v128.store(to, m);
  else if (count > 0) storePart(to, m, count);
}
