import { allFinite, listColumns, MOST_COLUMNS } from "./columns";
import {
  packColumns, packListedPanel, packListedRows, packPanelOfColumns, packPanelOfListedRows, packPanelOfRows, packRows,
} from "./pack";
import { tileOf } from "./tile";
import { rowTimesRows } from "./vector";

// Goto's product: blocks of A lie packed in the second cache, a few panels of B in the first, and a tile
// of C in registers. C, A and B are addresses; the steps from row to row are in bytes.

const BLOCK_OF_A: usize = 98304; // floats: with the panels of B under way, half of a second cache of 1 MB
const PANELS_OF_B: usize = 4;
const LONGEST_K: usize = 512; // a panel of B and a tile of A together stay in a first cache of 32 kB
const TILE_BYTES: usize = 192;
const WIDE: usize = 64; // from here on, looking for columns of zeros costs next to nothing

/** How many bytes a product packs into, where no operand has more than `longest` floats. */
export function scratchBytes(longest: usize): usize {
  const a = min(BLOCK_OF_A + LONGEST_K, longest);
  const b = PANELS_OF_B * 8 * min(LONGEST_K, longest);
  return TILE_BYTES + 32 + ((a + b + min(MOST_COLUMNS, longest) + 4) << 2);
}

/**
 * C[m,n] = start + sum over p of A(i,p) B(p,j): `start` is C itself (`goOn`), a bias, or 0.
 *
 * A(i,p) is A[i,p], or A[p,i] where `aColumns`; B(p,j) is B[j,p], or B[p,j] where `bColumns`.
 * `listOfK` lists the p that count, `listOfN` the j; where there is no list it is 0.
 */
function product(
  c: usize, cStep: usize, a: usize, aStep: usize, aColumns: bool, b: usize, bStep: usize, bColumns: bool,
  m: usize, n: usize, k: usize, goOn: bool, bias: usize, scratch: usize, mostRows: usize,
  listOfK: usize, listOfN: usize,
): void {
  if (m == 0 || n == 0) return;
  const temporary = scratch;
  const start8 = scratch + TILE_BYTES;
  const packedB = start8 + 32;
  const kBlocks = max<usize>((k + LONGEST_K - 1) / LONGEST_K, 1);
  const kLength = max<usize>((k + kBlocks - 1) / kBlocks, 1);
  const packedA = packedB + PANELS_OF_B * (kLength << 5);
  const mBlocks = (m * kLength + BLOCK_OF_A - 1) / BLOCK_OF_A;
  const mLength = (m + mBlocks - 1) / mBlocks;
  for (let kFrom: usize = 0; kFrom == 0 || kFrom < k; kFrom += kLength) {
    const kNow = min(kLength, k - kFrom);
    const load = goOn || kFrom > 0;
    for (let mFrom: usize = 0; mFrom < m; mFrom += mLength) {
      const mNow = min(mLength, m - mFrom);
      const tiles = (mNow + mostRows - 1) / mostRows;
      const fewer = mNow / tiles; // rows of a tile: this many, or one more in the first `longer` tiles
      const longer = mNow - fewer * tiles;
      let to = packedA;
      let row = mFrom;
      for (let t: usize = 0; t < tiles; t++) {
        const rows = t < longer ? fewer + 1 : fewer;
        if (aColumns) packColumns(to, a + kFrom * aStep + (row << 2), aStep, rows, kNow);
        else if (listOfK) packListedRows(to, a + row * aStep, aStep, rows, kNow, listOfK + (kFrom << 2));
        else packRows(to, a + row * aStep + (kFrom << 2), aStep, rows, kNow);
        to += (rows * kNow) << 2;
        row += rows;
      }
      for (let jFrom: usize = 0; jFrom < n; jFrom += PANELS_OF_B << 3) {
        const jEnd = min(jFrom + (PANELS_OF_B << 3), n);
        let panel = packedB;
        for (let j = jFrom; j < jEnd; j += 8) {
          const columns = min<usize>(8, n - j);
          if (listOfN) packListedPanel(panel, b + kFrom * bStep, bStep, columns, kNow, listOfN + (j << 2));
          else if (bColumns) packPanelOfColumns(panel, b + kFrom * bStep + (j << 2), bStep, columns, kNow);
          else if (listOfK)
            packPanelOfListedRows(panel, b + j * bStep, bStep, columns, kNow, listOfK + (kFrom << 2));
          else packPanelOfRows(panel, b + j * bStep + (kFrom << 2), bStep, columns, kNow);
          panel += kNow << 5;
        }
        let from = packedA;
        let cRow = c + mFrom * cStep;
        for (let t: usize = 0; t < tiles; t++) {
          const rows = t < longer ? fewer + 1 : fewer;
          panel = packedB;
          for (let j = jFrom; j < jEnd; j += 8) {
            const columns = min<usize>(8, n - j);
            const at = cRow + (columnOf(listOfN, j) << 2);
            const together = columns == 8 && columnOf(listOfN, j + 7) == columnOf(listOfN, j) + 7;
            if (together) {
              if (load) tileOf(rows, kNow, from, panel, at, cStep, at, cStep);
              else if (bias) tileOf(rows, kNow, from, panel, bias + (j << 2), 0, at, cStep);
              else {
                zero(start8);
                tileOf(rows, kNow, from, panel, start8, 0, at, cStep);
              }
            } else {
              if (load) {
                if (listOfN) gatherTile(temporary, cRow, cStep, rows, columns, listOfN + (j << 2));
                else copyTile(temporary, 32, at, cStep, rows, columns);
                tileOf(rows, kNow, from, panel, temporary, 32, temporary, 32);
              } else {
                zero(start8);
                if (bias) memory.copy(start8, bias + (j << 2), columns << 2);
                tileOf(rows, kNow, from, panel, start8, 0, temporary, 32);
              }
              if (listOfN) scatterTile(cRow, cStep, temporary, rows, columns, listOfN + (j << 2));
              else copyTile(at, cStep, temporary, 32, rows, columns);
            }
            panel += kNow << 5;
          }
          from += (rows * kNow) << 2;
          cRow += rows * cStep;
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function listBytes(columns: usize): usize {
  return (columns + 3 & ~3) << 2;
}

/** Whether leaving out the others gains more than reading through a list costs. */
// @ts-ignore: decorator
@inline
function areFew(count: usize, columns: usize): bool {
  return count < columns - (columns >> 3);
}

/** C[m,n] = A[m,k] B[n,k]^T + bias in each row; the steps of C, A and B are in bytes, no bias is 0. */
export function nt(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  bias: usize, scratch: usize, mostRows: usize,
): void {
  if (m == 1) {
    rowTimesRows(c, a, b, bStep, n, k, bias);
    return;
  }
  if (n >= WIDE && k >= WIDE && k <= MOST_COLUMNS) {
    const rest = scratch + listBytes(k);
    const count = listColumns(scratch, rest, a, aStep, m, k);
    if (areFew(count, k) && allFinite(b, bStep, n, k)) {
      product(c, cStep, a, aStep, false, b, bStep, false, m, n, count, false, bias, rest, mostRows, scratch, 0);
      return;
    }
  }
  product(c, cStep, a, aStep, false, b, bStep, false, m, n, k, false, bias, scratch, mostRows, 0, 0);
}

/** C[m,n] = A[m,k] B[k,n]. */
export function nn(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  scratch: usize, mostRows: usize,
): void {
  product(c, cStep, a, aStep, false, b, bStep, true, m, n, k, false, 0, scratch, mostRows, 0, 0);
}

/** C[m,n] = A[k,m]^T B[k,n] + beta C. */
export function tn(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  beta: i32, scratch: usize, mostRows: usize,
): void {
  if (m >= WIDE && n >= WIDE && n <= MOST_COLUMNS) {
    const rest = scratch + listBytes(n);
    const count = listColumns(scratch, rest, b, bStep, k, n);
    if (areFew(count, n) && allFinite(a, aStep, k, m)) {
      if (beta == 0) for (let i: usize = 0; i < m; i++) memory.fill(c + i * cStep, 0, n << 2);
      product(c, cStep, a, aStep, true, b, bStep, true, m, count, k, beta != 0, 0, rest, mostRows, 0, scratch);
      return;
    }
  }
  product(c, cStep, a, aStep, true, b, bStep, true, m, n, k, beta != 0, 0, scratch, mostRows, 0, 0);
}

// @ts-ignore: decorator
@inline
function columnOf(list: usize, j: usize): usize {
  return list ? <usize>load<u32>(list + (j << 2)) : j;
}

// @ts-ignore: decorator
@inline
function zero(start8: usize): void {
  v128.store(start8, f32x4.splat(0));
  v128.store(start8, f32x4.splat(0), 16);
}

function copyTile(to: usize, toStep: usize, from: usize, fromStep: usize, rows: usize, columns: usize): void {
  for (let r: usize = 0; r < rows; r++) {
    for (let j: usize = 0; j < columns << 2; j += 4) store<f32>(to + j, load<f32>(from + j));
    to += toStep;
    from += fromStep;
  }
}

/** columns of C that a list names, side by side. */
function gatherTile(to: usize, c: usize, cStep: usize, rows: usize, columns: usize, list: usize): void {
  for (let r: usize = 0; r < rows; r++) {
    for (let j: usize = 0; j < columns << 2; j += 4) store<f32>(to + j, load<f32>(c + (load<u32>(list + j) << 2)));
    to += 32;
    c += cStep;
  }
}

function scatterTile(c: usize, cStep: usize, from: usize, rows: usize, columns: usize, list: usize): void {
  for (let r: usize = 0; r < rows; r++) {
    for (let j: usize = 0; j < columns << 2; j += 4) store<f32>(c + (load<u32>(list + j) << 2), load<f32>(from + j));
    c += cStep;
    from += 32;
  }
}
