// Columns that are zero in every row of a mini-batch (the margins of an image) add nothing to a product,
// as long as what they are multiplied by is finite. They are found anew in every product.

/** The most columns that are looked through; a list of as many has to fit where products pack. */
export const MOST_COLUMNS: usize = 16384;

/**
 * Lists the columns of x[rows,columns] that are not zero throughout, ascending; returns how many.
 *
 * `any` is the address of scratch for a vector of `columns`, rounded up to a multiple of four.
 */
export function listColumns(list: usize, any: usize, x: usize, step: usize, rows: usize, columns: usize): usize {
  const part = columns & 3;
  const end = (columns - part) << 2;
  memory.fill(any, 0, columns << 2);
  for (let i: usize = 0; i < rows; i++) {
    let at: usize = 0;
    for (; at < end; at += 16) v128.store(any + at, v128.or(v128.load(any + at), v128.load(x + at)));
    for (; at < columns << 2; at += 4) store<u32>(any + at, load<u32>(any + at) | load<u32>(x + at));
    x += step;
  }
  let count: usize = 0;
  for (let j: usize = 0; j < columns; j++) {
    store<u32>(list + (count << 2), <u32>j);
    if (load<u32>(any + (j << 2)) << 1) count++; // the bits of a number but for its sign
  }
  return count;
}

/** Whether x[rows,columns] has neither NaN nor infinities: then 0 x is 0, else NaN. */
export function allFinite(x: usize, step: usize, rows: usize, columns: usize): bool {
  const zero = f32x4.splat(0);
  let s0 = zero;
  let s1 = zero;
  let last: f32 = 0;
  for (let i: usize = 0; i < rows; i++) {
    let at: usize = 0;
    for (; at + 32 <= columns << 2; at += 32) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(x + at), zero));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(x + at, 16), zero));
    }
    for (; at < columns << 2; at += 4) last += load<f32>(x + at) * 0;
    x += step;
  }
  return !v128.any_true(f32x4.ne(f32x4.add(s0, s1), zero)) && last == 0;
}
