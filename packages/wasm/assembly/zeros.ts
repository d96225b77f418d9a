import { madd } from "./lanes";

// Where an operand is zero it adds nothing to a product, as long as what it is multiplied by is finite.

/** Up to this many of 64 numbers are few: beyond it, tiles that read them all are faster. */
export const FEW: u32 = 46;

const PROBES: usize = 4; // rows that are looked at,
const EACH: usize = 64; // and so many fours of each, or up to twice that

/** How many of 64 numbers of x[rows,columns] are not zero, going by a few of the rows. */
export function density(x: usize, step: usize, rows: usize, columns: usize): u32 {
  const probes = min(rows, PROBES);
  const fours = columns >> 2;
  const stride = 1 + fours / EACH;
  let count: u32 = 0;
  let seen: u32 = 0;
  for (let i: usize = 0; i < probes; i++) {
    const row = x + ((i * rows) / probes) * step;
    for (let four: usize = 0; four < fours; four += stride) {
      count += popcnt(nonZeros(row + (four << 4)));
      seen++;
    }
  }
  return (count << 4) / max<u32>(seen, 1);
}

/** A bit for each of four numbers: whether it is neither 0 nor -0. */
// @ts-ignore: decorator
@inline
function nonZeros(at: usize): i32 {
  return i32x4.bitmask(f32x4.ne(v128.load(at), f32x4.splat(0)));
}

/** How many bytes a list of up to `k` < 256 takes: the count in two, then one each; eight are written at a time. */
// @ts-ignore: decorator
@inline
export function listBytes(k: usize): usize {
  return ((k + 10) & ~1);
}

/** How many bytes `places` takes. */
export const PLACES_BYTES: usize = 2048;

/** Writes, for each of the 256 sets of eight places, the places in it, in 8 bits each, unless they are there. */
export function writePlaces(places: usize): void {
  if (load<u64>(places + 255 * 8) == 0x0706050403020100) return;
  store<u64>(places, 0);
  for (let set: u32 = 1; set < 256; set++) {
    const last = 31 - clz(set);
    const rest = set ^ (1 << last);
    const ofRest = load<u64>(places + (<usize>rest << 3));
    store<u64>(places + (<usize>set << 3), ofRest | (<u64>last << (popcnt(rest) << 3)));
  }
}

const EIGHT: u64 = 0x0808080808080808;

/** Lists the p < k at which x[p] is not zero. */
export function listRow(list: usize, x: usize, k: usize, places: usize): void {
  const none = f32x4.splat(0);
  let to = list + 2;
  let p: usize = 0;
  let before: u64 = 0; // p, eight times
  for (; p + 16 <= k; p += 16) {
    const at = x + (p << 2);
    const low = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(at), none), f32x4.ne(v128.load(at, 16), none));
    const high = i16x8.narrow_i32x4_s(f32x4.ne(v128.load(at, 32), none), f32x4.ne(v128.load(at, 48), none));
    const set = i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
    store<u64>(to, placesIn(set & 255, places) + before);
    store<u64>(to + popcnt(set & 255), placesIn(set >> 8, places) + before + EIGHT);
    before += 2 * EIGHT;
    to += popcnt(set);
  }
  for (; p < k; p++) {
    store<u8>(to, <u8>p);
    to += <usize>(load<f32>(x + (p << 2)) != 0);
  }
  store<u16>(list, <u16>(to - list - 2));
}

// @ts-ignore: decorator
@inline
function placesIn(set: u32, places: usize): u64 {
  return load<u64>(places + (<usize>set << 3));
}

/** The most rows that `markColumns` takes. */
export const MOST_MARKED: usize = 32;

/** Marks what is not zero in each column of x[rows,columns]: a bit for each row, 32 for a column. */
export function markColumns(marks: usize, x: usize, step: usize, rows: usize, columns: usize): void {
  const none = f32x4.splat(0);
  const end = x + rows * step;
  for (; columns >= 8; columns -= 8) {
    let low = i32x4.splat(0);
    let high = low;
    let bit = i32x4.splat(1);
    for (let at = x; at < end; at += step) {
      low = v128.or(low, v128.and(bit, f32x4.ne(v128.load(at), none)));
      high = v128.or(high, v128.and(bit, f32x4.ne(v128.load(at, 16), none)));
      bit = i32x4.shl(bit, 1);
    }
    v128.store(marks, low);
    v128.store(marks, high, 16);
    marks += 32;
    x += 32;
  }
  for (; columns > 0; columns--) {
    let word: u32 = 0;
    for (let r: usize = 0; r < rows; r++) word |= <u32>(load<f32>(x + r * step) != 0) << <u32>r;
    store<u32>(marks, word);
    marks += 4;
    x += 4;
  }
}

/** Lists the rows that are marked. */
export function listMarked(list: usize, marks: u32, places: usize): void {
  const to = list + 2;
  store<u64>(to, placesIn(marks & 255, places));
  store<u64>(to + popcnt(marks & 0xff), placesIn(marks >> 8 & 255, places) + EIGHT);
  store<u64>(to + popcnt(marks & 0xffff), placesIn(marks >> 16 & 255, places) + 2 * EIGHT);
  store<u64>(to + popcnt(marks & 0xffffff), placesIn(marks >> 24, places) + 3 * EIGHT);
  store<u16>(list, <u16>popcnt(marks));
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
