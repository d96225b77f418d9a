import { packColumns, packPanelOfColumns, packPanelOfRows, packRows } from "./pack";
import { tilesOf } from "./tile";
import { rowTimesRows } from "./vector";
import { allFinite, areFew, listBytes, listNonZero } from "./zeros";

// Goto's product: blocks of A lie packed in the second cache, a few panels of B in the first, and a tile
// of C in registers. C, A and B are addresses; the steps from row to row are in bytes.

const BLOCK_OF_A: usize = 98304; // floats: with the panels of B under way, half of a second cache of 1 MB
const PANELS_OF_B: usize = 4;
const LONGEST_K: usize = 512; // a panel of B and a tile of A together stay in a first cache of 32 kB
const TILE_BYTES: usize = 192;
const WIDE: usize = 64; // from here on, looking for zeros costs next to nothing
const LOWEST: usize = 4; // rows of the highest tile, for which there is room for lists of zeros

/** The operand of which slices that are zero are left out. */
const NEITHER: i32 = 0;
const A: i32 = 1;
const B: i32 = 2;

/** How many bytes a product packs into, where no operand has more than `longest` floats. */
export function scratchBytes(longest: usize): usize {
  const a = min(BLOCK_OF_A + LONGEST_K, longest);
  const k = min(LONGEST_K, longest);
  const lists = ((a / LOWEST + a / WIDE) << 1) + (PANELS_OF_B + 1) * listBytes(k);
  return TILE_BYTES + 32 + ((a + PANELS_OF_B * 8 * k) << 2) + lists;
}

/**
 * C[m,n] = start + sum over p of A(i,p) B(p,j): `start` is C itself (`goOn`), a bias, or 0.
 *
 * A(i,p) is A[i,p], or A[p,i] where `aColumns`; B(p,j) is B[j,p], or B[p,j] where `bColumns`.
 */
function product(
  c: usize, cStep: usize, a: usize, aStep: usize, aColumns: bool, b: usize, bStep: usize, bColumns: bool,
  m: usize, n: usize, k: usize, goOn: bool, bias: usize, scratch: usize, mostRows: usize, sparse: i32,
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
  const lists = packedA + ((mLength * kLength) << 2);
  const listStep = listBytes(kLength);
  for (let kFrom: usize = 0; kFrom == 0 || kFrom < k; kFrom += kLength) {
    const kNow = min(kLength, k - kFrom);
    const load = goOn || kFrom > 0;
    // 0 times what is not finite is NaN: then nothing is left out.
    const mayLeaveOut = sparse == B && allFinite(a + kFrom * aStep, aStep, kNow, m);
    for (let mFrom: usize = 0; mFrom < m; mFrom += mLength) {
      const mNow = min(mLength, m - mFrom);
      const tiles = (mNow + mostRows - 1) / mostRows;
      const fewer = mNow / tiles; // rows of a tile: this many, or one more in the first `longer` tiles
      const longer = mNow - fewer * tiles;
      let to = packedA;
      let row = mFrom;
      let count: usize = 0;
      for (let t: usize = 0; t < tiles; t++) {
        const rows = t < longer ? fewer + 1 : fewer;
        if (aColumns) packColumns(to, a + kFrom * aStep + (row << 2), aStep, rows, kNow);
        else packRows(to, a + row * aStep + (kFrom << 2), aStep, rows, kNow);
        if (sparse == A) count += listNonZero(lists + t * listStep, to, rows, kNow);
        to += (rows * kNow) << 2;
        row += rows;
      }
      const aLists = sparse == A && areFew(count, tiles * kNow) && allFinite(b + (kFrom << 2), bStep, n, kNow);
      for (let jFrom: usize = 0; jFrom < n; jFrom += PANELS_OF_B << 3) {
        const jEnd = min(jFrom + (PANELS_OF_B << 3), n);
        const panels = (jEnd - jFrom) >> 3;
        const part = jEnd - jFrom & 7;
        let panel = packedB;
        count = 0;
        for (let j = jFrom; j < jEnd; j += 8) {
          const columns = min<usize>(8, n - j);
          if (bColumns) packPanelOfColumns(panel, b + kFrom * bStep + (j << 2), bStep, columns, kNow);
          else packPanelOfRows(panel, b + j * bStep + (kFrom << 2), bStep, columns, kNow);
          if (mayLeaveOut) count += listNonZero(lists + ((j - jFrom) >> 3) * listStep, panel, 8, kNow);
          panel += kNow << 5;
        }
        const bLists = mayLeaveOut && areFew(count, ((jEnd - jFrom + 7) >> 3) * kNow);
        const nextList = bLists ? listStep : 0;
        panel = packedB + panels * (kNow << 5);
        let from = packedA;
        let at = c + mFrom * cStep + (jFrom << 2);
        for (let t: usize = 0; t < tiles; t++) {
          const rows = t < longer ? fewer + 1 : fewer;
          const list = bLists ? lists : aLists ? lists + t * listStep : 0;
          if (panels) {
            if (load) tilesOf(rows, panels, kNow, list, nextList, from, packedB, at, cStep, 32, at, cStep);
            else if (bias)
              tilesOf(rows, panels, kNow, list, nextList, from, packedB, bias + (jFrom << 2), 0, 32, at, cStep);
            else {
              zero(start8);
              tilesOf(rows, panels, kNow, list, nextList, from, packedB, start8, 0, 0, at, cStep);
            }
          }
          if (part) {
            const rest = at + (panels << 5);
            const itsList = list + panels * nextList;
            if (load) {
              copyTile(temporary, 32, rest, cStep, rows, part);
              tilesOf(rows, 1, kNow, itsList, 0, from, panel, temporary, 32, 0, temporary, 32);
            } else {
              zero(start8);
              if (bias) memory.copy(start8, bias + ((jEnd - part) << 2), part << 2);
              tilesOf(rows, 1, kNow, itsList, 0, from, panel, start8, 0, 0, temporary, 32);
            }
            copyTile(rest, cStep, temporary, 32, rows, part);
          }
          from += (rows * kNow) << 2;
          at += rows * cStep;
        }
      }
    }
  }
}

/** The sparse operand, where looking for zeros costs next to nothing. */
// @ts-ignore: decorator
@inline
function sparseIf(worth: bool, mostRows: usize, operand: i32): i32 {
  return worth && mostRows >= LOWEST ? operand : NEITHER;
}

/** C[m,n] = A[m,k] B[n,k]^T + bias in each row; the steps of C, A and B are in bytes, no bias is 0. */
export function nt(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  bias: usize, scratch: usize, mostRows: usize,
): void {
  if (m == 1) rowTimesRows(c, a, b, bStep, n, k, bias);
  else {
    const sparse = sparseIf(n >= WIDE && k >= WIDE, mostRows, A);
    product(c, cStep, a, aStep, false, b, bStep, false, m, n, k, false, bias, scratch, mostRows, sparse);
  }
}

/** C[m,n] = A[m,k] B[k,n]. */
export function nn(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  scratch: usize, mostRows: usize,
): void {
  product(c, cStep, a, aStep, false, b, bStep, true, m, n, k, false, 0, scratch, mostRows, NEITHER);
}

/** C[m,n] = A[k,m]^T B[k,n] + beta C. */
export function tn(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  beta: i32, scratch: usize, mostRows: usize,
): void {
  const sparse = sparseIf(m >= WIDE && n >= WIDE, mostRows, B);
  product(c, cStep, a, aStep, true, b, bStep, true, m, n, k, beta != 0, 0, scratch, mostRows, sparse);
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
