import { copyRows, packColumns, packPanelOfColumns, packPanelOfRows, transpose } from "./pack";
import { room } from "./room";
import { canHaveRuns, ROW, sparseBytes, sparseProduct, WIDTH } from "./sparse";
import { tilesOf } from "./tile";
import { rowTimesRows } from "./vector";
import { allFinite, density, FEW, PLACES_BYTES } from "./zeros";

// Goto's product: blocks of A lie packed in the second cache, a few panels of B in the first, and a tile
// of C in registers. C, A and B are addresses; the steps from row to row are in bytes.

const PANELS_OF_B: usize = WIDTH >> 3;
const LONGEST_K: usize = 512; // a panel of B and a tile of A together stay in a first cache of 32 kB
const FEW_ROWS: usize = 32; // of B: as it lies they stay in the first cache
const TILE_BYTES: usize = 192;
const THIN: usize = 16; // a product of fewer columns than this is turned round,
const AT_ONCE: usize = 128; // so many rows at a time
const THIN_BYTES: usize = (THIN * AT_ONCE) << 2;

/** How many bytes a product packs into, where no operand has more than `longest` floats. */
export function scratchBytes(longest: usize): usize {
  const a = min((room >> 2) + LONGEST_K, longest);
  const b = PANELS_OF_B * 8 * min(LONGEST_K, longest);
  return PLACES_BYTES + max(THIN_BYTES + TILE_BYTES + 32 + ((a + b) << 2), sparseBytes(longest));
}

/**
 * C[m,n] = start + sum over p of A(i,p) B(p,j): `start` is C itself (`goOn`), a bias, or 0.
 *
 * A(i,p) is A[i,p], or A[p,i] where `aColumns`; B(p,j) is B[j,p], or B[p,j] where `bColumns`. From one 32 columns of
 * C to the next it is `cBlock` bytes, and of such a B `bBlock`.
 */
function product(
  c: usize, cStep: usize, cBlock: usize, a: usize, aStep: usize, aColumns: bool,
  b: usize, bStep: usize, bColumns: bool, bBlock: usize,
  m: usize, n: usize, k: usize, goOn: bool, bias: usize, scratch: usize, mostRows: usize,
): void {
  if (m == 0 || n == 0) return;
  const temporary = scratch + PLACES_BYTES; // what sparse products have there stays
  const start8 = temporary + TILE_BYTES;
  const packedB = start8 + 32;
  const kBlocks = max<usize>((k + LONGEST_K - 1) / LONGEST_K, 1);
  const kLength = max<usize>((k + kBlocks - 1) / kBlocks, 1);
  const packedA = packedB + PANELS_OF_B * (kLength << 5);
  const mBlocks = ((m * kLength << 2) + room - 1) / room;
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
        else transpose(to, rows << 2, a + row * aStep + (kFrom << 2), aStep, rows, kNow);
        to += (rows * kNow) << 2;
        row += rows;
      }
      for (let jFrom: usize = 0; jFrom < n; jFrom += PANELS_OF_B << 3) {
        const jEnd = min(jFrom + (PANELS_OF_B << 3), n);
        const bAt = b + kFrom * bStep + (jFrom / WIDTH) * bBlock;
        const panels = (jEnd - jFrom) >> 3;
        const part = jEnd - jFrom & 7;
        let panel = packedB;
        let step: usize = 32;
        let next = kNow << 5;
        if (bColumns && (bStep == ROW || kNow <= FEW_ROWS) && part == 0) { // as it lies
          panel = bAt;
          step = bStep;
          next = 32;
        } else {
          let to = packedB;
          for (let j = jFrom; j < jEnd; j += 8) {
            const columns = min<usize>(8, n - j);
            if (bColumns) packPanelOfColumns(to, 8, bAt + ((j - jFrom) << 2), bStep, columns, kNow);
            else packPanelOfRows(to, 8, b + j * bStep + (kFrom << 2), bStep, columns, kNow);
            to += next;
          }
        }
        const last = panel + panels * next;
        let from = packedA;
        let at = c + mFrom * cStep + (jFrom / WIDTH) * cBlock;
        for (let t: usize = 0; t < tiles; t++) {
          const rows = t < longer ? fewer + 1 : fewer;
          if (load) tilesOf(rows, panels, kNow, from, panel, step, next, at, cStep, 32, at, cStep);
          else if (bias) tilesOf(rows, panels, kNow, from, panel, step, next, bias + (jFrom << 2), 0, 32, at, cStep);
          else {
            zero(start8);
            tilesOf(rows, panels, kNow, from, panel, step, next, start8, 0, 0, at, cStep);
          }
          if (part) {
            const rest = at + (panels << 5);
            if (load) {
              copyRows(temporary, 32, rest, cStep, rows, part);
              tilesOf(rows, 1, kNow, from, last, step, next, temporary, 32, 0, temporary, 32);
            } else {
              zero(start8);
              if (bias) memory.copy(start8, bias + ((jEnd - part) << 2), part << 2);
              tilesOf(rows, 1, kNow, from, last, step, next, start8, 0, 0, temporary, 32);
            }
            copyRows(rest, cStep, temporary, 32, rows, part);
          }
          from += (rows * kNow) << 2;
          at += rows * cStep;
        }
      }
    }
  }
}

/** C[m,n] = A[m,k] B[n,k]^T + bias as B A^T, turned round: panels of eight rows of A leave nothing of a tile unused. */
function thinProduct(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  bias: usize, scratch: usize, mostRows: usize,
): void {
  const turned = scratch + PLACES_BYTES;
  for (let i: usize = 0; i < m; i += AT_ONCE) {
    const rows = min(AT_ONCE, m - i);
    for (let j: usize = 0; j < n; j++) {
      const start = bias ? load<f32>(bias + (j << 2)) : 0;
      const row = turned + ((j * rows) << 2);
      for (let r: usize = 0; r < rows << 2; r += 4) store<f32>(row + r, start);
    }
    product(
      turned, rows << 2, ROW, b, bStep, false, a + i * aStep, aStep, false, 0, n, rows, k, true, 0,
      scratch + THIN_BYTES, mostRows,
    );
    transpose(c + i * cStep, cStep, turned, rows << 2, n, rows);
  }
}

/** Whether looking for zeros costs next to nothing beside so many columns, and sums of such a length. */
// @ts-ignore: decorator
@inline
function isWide(n: usize, k: usize): bool {
  return n >= 64 && k >= 16;
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
  const done =
    isWide(n, k) && density(a, aStep, m, k) < FEW &&
    sparseProduct(c, cStep, false, ROW, a, aStep, false, b, bStep, false, 0, false, m, n, k, false, bias, scratch);
  if (done) return;
  if (n < THIN && m >= THIN) thinProduct(c, cStep, a, aStep, b, bStep, m, n, k, bias, scratch, mostRows);
  else product(c, cStep, ROW, a, aStep, false, b, bStep, false, 0, m, n, k, false, bias, scratch, mostRows);
}

/**
 * C[m,n] = A[m,k] B[k,n] + bias in each row; from one 32 columns of B to the next it is `bBlock` bytes. Gives whether B
 * is known to be finite, now or before.
 */
export function nn(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  bias: usize, scratch: usize, mostRows: usize, bBlock: usize, bFinite: bool,
): bool {
  const done =
    isWide(n, k) && density(a, aStep, m, k) < FEW &&
    sparseProduct(c, cStep, false, ROW, a, aStep, false, b, bStep, true, bBlock, bFinite, m, n, k, false, bias, scratch);
  if (!done) product(c, cStep, ROW, a, aStep, false, b, bStep, true, bBlock, m, n, k, false, bias, scratch, mostRows);
  return done || bFinite;
}

/**
 * C[m,n] = A[k,m]^T B[k,n] + beta C; from one 32 columns of C to the next it is `cBlock` bytes. Gives whether it wrote
 * `runs`, where there are any (runs.ts).
 */
export function tn(
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, bStep: usize, m: usize, n: usize, k: usize,
  beta: i32, scratch: usize, mostRows: usize, cBlock: usize, runs: usize, runsKnown: bool,
): bool {
  const goOn = beta != 0;
  if (m >= 64 && isWide(n, k)) {
    const ofA = density(a, aStep, k, m);
    const ofB = density(b, bStep, k, n);
    if (ofB + 4 < ofA && ofB < FEW && allFinite(a, aStep, k, m)) {
      sparseProduct(c, cStep, true, cBlock, b, bStep, true, a, aStep, true, ROW, true, n, m, k, goOn, 0, scratch);
      return false;
    }
    if (ofA < FEW && allFinite(b, bStep, k, n)) {
      if (goOn || !canHaveRuns(m, k)) runs = 0;
      sparseProduct(
        c, cStep, false, cBlock, a, aStep, true, b, bStep, true, ROW, true, m, n, k, goOn, 0, scratch, runs, runsKnown,
      );
      return runs != 0;
    }
  }
  product(c, cStep, cBlock, a, aStep, true, b, bStep, true, ROW, m, n, k, goOn, 0, scratch, mostRows);
  return false;
}

// @ts-ignore: decorator
@inline
function zero(start8: usize): void {
  v128.store(start8, f32x4.splat(0));
  v128.store(start8, f32x4.splat(0), 16);
}
