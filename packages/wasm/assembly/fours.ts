import { loadPart, storePart } from "./lanes";

// Columns that a list names: how many, then where each four of them begins; the last four may be shorter.

/** Fours that hold all columns of x[rows,columns] that are not zero throughout. */
export function findColumns(list: usize, x: usize, rows: i32, columns: i32): void {
  const width = <usize>columns << 2;
  const any = list + 4; // a word for each column at first; the fours found in j of them take no more words
  memory.fill(any, 0, width);
  for (; rows > 0; rows -= 4) {
    const x1 = rows > 1 ? x + width : x;
    const x2 = rows > 2 ? x1 + width : x;
    const x3 = rows > 3 ? x2 + width : x;
    let at: usize = 0;
    for (; at + 16 <= width; at += 16) {
      const low = v128.or(v128.load(x + at), v128.load(x1 + at));
      const high = v128.or(v128.load(x2 + at), v128.load(x3 + at));
      v128.store(any + at, v128.or(v128.load(any + at), v128.or(low, high)));
    }
    for (; at < width; at += 4) {
      const low = load<i32>(x + at) | load<i32>(x1 + at);
      store<i32>(any + at, load<i32>(any + at) | low | load<i32>(x2 + at) | load<i32>(x3 + at));
    }
    x += width << 2;
  }
  let to = any;
  let found = 0;
  for (let j = 0; j < columns; ) {
    const bits = load<i32>(any + (<usize>j << 2));
    if (bits << 1) { // the bits of a number but for its sign
      store<i32>(to, j);
      to += 4;
      found += min(columns - j, 4);
      j += 4;
    } else j++;
  }
  store<i32>(list, found);
  memory.fill(to, 0, any + width - to);
}

/** The listed columns, side by side. */
export function gatherColumns(out: usize, x: usize, list: usize, rows: i32, columns: i32): void {
  const count = load<i32>(list);
  const rest = count & 3;
  const end = list + 4 + (<usize>(count - rest));
  for (; rows > 0; rows--) {
    let at = list + 4;
    for (; at + 16 <= end; at += 16) {
      v128.store(out, v128.load(x + columnIn(at)));
      v128.store(out, v128.load(x + columnIn(at + 4)), 16);
      v128.store(out, v128.load(x + columnIn(at + 8)), 32);
      v128.store(out, v128.load(x + columnIn(at + 12)), 48);
      out += 64;
    }
    for (; at < end; at += 4) {
      v128.store(out, v128.load(x + columnIn(at)));
      out += 16;
    }
    if (rest) {
      storePart(out, loadPart(x + columnIn(at), rest), rest);
      out += <usize>rest << 2;
    }
    x += <usize>columns << 2;
  }
}

/** The listed columns from x, where they lie side by side; 0 in the others. */
export function scatterColumns(out: usize, x: usize, list: usize, rows: i32, columns: i32): void {
  const count = load<i32>(list);
  const rest = count & 3;
  const end = list + 4 + (<usize>(count - rest));
  const width = <usize>columns << 2;
  for (; rows > 0; rows--) {
    memory.fill(out, 0, width);
    let at = list + 4;
    for (; at + 16 <= end; at += 16) {
      v128.store(out + columnIn(at), v128.load(x));
      v128.store(out + columnIn(at + 4), v128.load(x, 16));
      v128.store(out + columnIn(at + 8), v128.load(x, 32));
      v128.store(out + columnIn(at + 12), v128.load(x, 48));
      x += 64;
    }
    for (; at < end; at += 4) {
      v128.store(out + columnIn(at), v128.load(x));
      x += 16;
    }
    if (rest) {
      storePart(out + columnIn(at), loadPart(x, rest), rest);
      x += <usize>rest << 2;
    }
    out += width;
  }
}

// @ts-ignore: decorator
@inline
function columnIn(place: usize): usize {
  return <usize>load<i32>(place) << 2;
}
