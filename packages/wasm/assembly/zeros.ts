import { madd } from "./lanes";

// Where an operand is zero it adds nothing to a product, as long as what it is multiplied by is finite.

/** Up to this many of 64 numbers are few: beyond it, tiles that read them all are faster. */
export const FEW: u32 = 46;

const PROBES: usize = 4; // rows that are looked at

/** How many of 64 numbers of x[rows,columns] are not zero, going by a few of the rows. */
export function density(x: usize, step: usize, rows: usize, columns: usize): u32 {
  const probes = min(rows, PROBES);
  const fours = columns >> 2;
  let count: u32 = 0;
  for (let i: usize = 0; i < probes; i++) {
    let at = x + ((i * rows) / probes) * step;
    for (const end = at + (fours << 4); at < end; at += 16) count += popcnt(nonZeros(at));
  }
  return (count << 4) / <u32>max<usize>(probes * fours, 1);
}

/** A bit for each of four numbers: whether it is neither 0 nor -0. */
// @ts-ignore: decorator
@inline
function nonZeros(at: usize): i32 {
  return i32x4.bitmask(f32x4.ne(v128.load(at), f32x4.splat(0)));
}

/** How many bytes a list of up to `k` takes. */
// @ts-ignore: decorator
@inline
export function listBytes(k: usize): usize {
  return ((k + 2) & ~1) << 1;
}

/** How many bytes `places` takes. */
export const PLACES_BYTES: usize = 2048;

/** Writes, for each of the 256 sets of eight places, the places in it, in 8 bits each: what `listRow` reads. */
export function writePlaces(places: usize): void {
  store<u64>(places, 0);
  for (let set: u32 = 1; set < 256; set++) {
    const last = 31 - clz(set);
    const rest = set ^ (1 << last);
    const ofRest = load<u64>(places + (<usize>rest << 3));
    store<u64>(places + (<usize>set << 3), ofRest | (<u64>last << (popcnt(rest) << 3)));
  }
}

/** Lists the p < k at which x[p] is not zero, in 16 bits each, their count before them. */
export function listRow(list: usize, x: usize, k: usize, places: usize): void {
  let to = list + 2;
  let p: usize = 0;
  let before = i16x8.splat(0); // p, eight times
  for (; p + 8 <= k; p += 8) {
    const set = <usize>(nonZeros(x + (p << 2)) | (nonZeros(x + (p << 2) + 16) << 4));
    v128.store(to, i16x8.add(v128.load_ext<u8>(places + (set << 3)), before));
    before = i16x8.add(before, i16x8.splat(8));
    to += <usize>popcnt(set) << 1;
  }
  for (; p < k; p++) {
    store<u16>(to, <u16>p);
    to += load<u32>(x + (p << 2)) << 1 ? 2 : 0;
  }
  store<u16>(list, <u16>((to - list - 2) >> 1));
}

/** Whether x[rows,columns] has neither NaN nor infinities: then 0 x is 0, else NaN. */
export function allFinite(x: usize, step: usize, rows: usize, columns: usize): bool {
  const none = f32x4.splat(0);
  let s0 = none;
  let s1 = none;
  let s2 = none;
  let s3 = none;
  let s4 = none;
  let s5 = none;
  let s6 = none;
  let s7 = none;
  const end = columns << 2;
  for (let i: usize = 0; i < rows; i++) {
    let at = x;
    const last = x + end;
    for (; at + 128 <= last; at += 128) {
      s0 = madd(none, v128.load(at), s0);
      s1 = madd(none, v128.load(at, 16), s1);
      s2 = madd(none, v128.load(at, 32), s2);
      s3 = madd(none, v128.load(at, 48), s3);
      s4 = madd(none, v128.load(at, 64), s4);
      s5 = madd(none, v128.load(at, 80), s5);
      s6 = madd(none, v128.load(at, 96), s6);
      s7 = madd(none, v128.load(at, 112), s7);
    }
    for (; at + 16 <= last; at += 16) s0 = madd(none, v128.load(at), s0);
    for (; at < last; at += 4) s1 = madd(none, v128.load_splat<f32>(at), s1);
    x += step;
  }
  s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  s4 = f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7));
  return v128.all_true<i32>(f32x4.eq(s0, s4));
}
