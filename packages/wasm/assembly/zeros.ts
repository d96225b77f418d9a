// Where an operand is zero it adds nothing to a product, as long as what it is multiplied by is finite. A
// tile reads a few rows of A and eight columns of B: of images, more than half of these slices are zero
// throughout. A list names the p of those that are not: their count, then each p, in 16 bits.

/** How many bytes a list for up to `k` slices takes. */
export function listBytes(k: usize): usize {
  return (k + 2) << 1; // one of them is written in vain
}

/**
 * Lists the p at which packed[p][0..width-1] is not zero throughout; returns how many.
 *
 * Of a width below four some of the next slice is looked at too, so that one may be kept in vain.
 */
export function listNonZero(list: usize, packed: usize, width: usize, k: usize): usize {
  const last = width > 4 ? (width - 4) << 2 : 0;
  const first = list + 2;
  let to = first;
  for (let p: usize = 0; p < k; p++) {
    const bits = v128.or(v128.load(packed), v128.load(packed + last));
    store<u16>(to, <u16>p);
    to += <usize>v128.any_true(i32x4.shl(bits, 1)) << 1; // all bits but the signs: -0 is zero
    packed += width << 2;
  }
  const count = (to - first) >> 1;
  store<u16>(list, <u16>count);
  return count;
}

/** Whether leaving out the others saves more than reading through a list costs. */
// @ts-ignore: decorator
@inline
export function areFew(count: usize, all: usize): bool {
  return count < all - (all >> 3);
}

/** Whether x[rows,columns] has neither NaN nor infinities: then 0 x is 0, else NaN. */
export function allFinite(x: usize, step: usize, rows: usize, columns: usize): bool {
  const end = columns << 2;
  let greatest = i32x4.splat(0); // of all bits but the signs
  let last: u32 = 0;
  for (let i: usize = 0; i < rows; i++) {
    let at: usize = 0;
    for (; at + 32 <= end; at += 32) {
      greatest = i32x4.max_u(greatest, i32x4.shl(v128.load(x + at), 1));
      greatest = i32x4.max_u(greatest, i32x4.shl(v128.load(x + at, 16), 1));
    }
    for (; at < end; at += 4) last = max(last, load<u32>(x + at) << 1);
    x += step;
  }
  greatest = i32x4.max_u(greatest, i32x4.splat(last));
  return !v128.any_true(i32x4.ge_u(greatest, i32x4.splat(INFINITY)));
}

const INFINITY: u32 = 0xff000000; // its bits, but for the sign
