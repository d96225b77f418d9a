import { madd } from "./lanes";
import { copyRows, packFinitePanelOfRows, packPanelOfColumns, transpose } from "./pack";
import { room } from "./room";
import { MOST_INPUTS, writeRuns } from "./runs";
import { allFinite, listBytes, listMarked, listRow, markColumns, MOST_MARKED, PLACES_BYTES, writePlaces } from "./zeros";

// A product whose one operand, X, is zero in many places: of each row of X, only what is not zero is
// multiplied, with rows of a block of the other operand, Y, that is 32 columns wide. Every entry of C has one
// accumulator, and p ascends, so that the bits are those of tiles.

/** Columns of a block. */
export const WIDTH: usize = 32;
const LONGEST_K: usize = 208; // a block of Y stays in a first cache of 32 kB; sixteens, as zeros are looked for
/** Bytes of one of its rows. */
export const ROW: usize = WIDTH << 2;
const STRIP: usize = 32; // rows of C that are computed before they are written as columns

/** How many bytes a sparse product packs into, where no operand has more than `longest` floats. */
export function sparseBytes(longest: usize): usize {
  return STRIP * ROW + ROW * min(LONGEST_K, longest) + min(room, longest << 3);
}

/** Whether a product of m rows and `k` can have runs: all of its lists are made at once. */
export function canHaveRuns(m: usize, k: usize): bool {
  return k <= MOST_MARKED && m <= min(MOST_INPUTS, room / (listBytes(k) + 4) & ~(STRIP - 1));
}

/**
 * C(i,j) = start + sum over p of X(i,p) Y(p,j): `start` is C itself (`goOn`), a bias, or 0.
 *
 * X(i,p) is X[i,p], or X[p,i] where `xColumns`; Y(p,j) is Y[j,p], or Y[p,j] where `yColumns`. C(i,j) is
 * C[i,j], or C[j,i] where `cColumns`, which has no bias. The steps from row to row are in bytes, and so are the blocks
 * from one 32 columns of C, and of such a Y, to the next.
 *
 * With `runs`, which take X(i,p) = X[p,i] and whole blocks of C, rows of C without a run are left as they are; see runs.ts.
 *
 * Unless Y is known to be finite it is looked through on the way: where it is not, the product stops, and gives false.
 */
export function sparseProduct(
  c: usize, cStep: usize, cColumns: bool, cBlock: usize, x: usize, xStep: usize, xColumns: bool,
  y: usize, yStep: usize, yColumns: bool, yBlock: usize, yFinite: bool,
  m: usize, n: usize, k: usize, goOn: bool, bias: usize, scratch: usize, runs: usize = 0, runsKnown: bool = false,
): bool {
  const places = scratch;
  const strip = places + PLACES_BYTES;
  const packed = strip + STRIP * ROW;
  const kBlocks = (k + LONGEST_K - 1) / LONGEST_K;
  const kLength = min(k, (k + kBlocks - 1) / kBlocks + 15 & ~15);
  const lists = packed + kLength * ROW;
  const listStep = listBytes(kLength);
  const isMarked = xColumns && k <= MOST_MARKED; // then X stays in the first cache as it lies
  const isTransposed = xColumns && !isMarked;
  const mLength = min(m, room / (listStep + (isTransposed ? kLength << 2 : 4)) & ~(STRIP - 1));
  const more = lists + mLength * listStep;
  const xNext = isMarked ? 4 : isTransposed ? kLength << 2 : xStep;
  const xAlong = isMarked ? xStep : 4;
  writePlaces(places);
  for (let kFrom: usize = 0; kFrom < k; kFrom += kLength) {
    const kNow = min(kLength, k - kFrom);
    const isGoingOn = goOn || kFrom > 0;
    for (let mFrom: usize = 0; mFrom < m; mFrom += mLength) {
      const mNow = min(mLength, m - mFrom);
      let row = xColumns ? x + kFrom * xStep + (mFrom << 2) : x + mFrom * xStep + (kFrom << 2);
      if (isMarked) {
        markColumns(more, row, xStep, kNow, mNow);
        for (let i: usize = 0; i < mNow; i++) {
          const marks = load<u32>(more + (i << 2));
          if (marks) listMarked(lists + i * listStep, marks, places);
          else store<u16>(lists + i * listStep, 0);
        }
        if (runs) writeRuns(runs, lists, listStep, m, runsKnown);
      } else {
        if (isTransposed) {
          for (let i: usize = 0; i < mNow; i += WIDTH) // few enough that the rows written stay in the first cache
            transpose(more + i * xNext, xNext, row + (i << 2), xStep, kNow, min(WIDTH, mNow - i));
          row = more;
        }
        for (let i: usize = 0; i < mNow; i++) listRow(lists + i * listStep, row + i * xNext, kNow, places);
      }
      for (let j: usize = 0; j < n; j += WIDTH) {
        const width = min(WIDTH, n - j);
        let block = packed;
        if (yColumns) {
          const from = y + kFrom * yStep + (j / WIDTH) * yBlock;
          if (yStep == ROW && width == WIDTH) block = from; // as it lies
          else packPanelOfColumns(packed, WIDTH, from, yStep, width, kNow);
          if (!yFinite && !allFinite(block, 0, 1, kNow * WIDTH)) return false;
        } else if (!packFinitePanelOfRows(packed, WIDTH, y + j * yStep + (kFrom << 2), yStep, width, kNow)) return false;
        if (cColumns || width < WIDTH) {
          for (let i: usize = 0; i < mNow; i += STRIP) {
            const at = cColumns
              ? c + j * cStep + ((mFrom + i) / WIDTH) * cBlock + (((mFrom + i) % WIDTH) << 2)
              : c + (mFrom + i) * cStep + (j / WIDTH) * cBlock;
            const rows = min(STRIP, mNow - i);
            const start = isGoingOn || bias != 0 ? strip : 0;
            const startStep = start ? ROW : 0;
            if (isGoingOn && cColumns) transpose(strip, ROW, at, cStep, width, rows);
            else if (isGoingOn) copyRows(strip, ROW, at, cStep, rows, width);
            else if (bias) copyRows(strip, ROW, bias + (j << 2), 0, rows, width);
            sumRows(rows, lists + i * listStep, listStep, row + i * xNext, xNext, xAlong, block, start, startStep, strip, ROW);
            if (cColumns) transpose(at, cStep, strip, ROW, rows, width);
            else copyRows(at, cStep, strip, ROW, rows, width);
          }
        } else {
          const at = c + mFrom * cStep + (j / WIDTH) * cBlock;
          const start = isGoingOn ? at : bias ? bias + (j << 2) : 0;
          const startStep = isGoingOn ? cStep : 0;
          let first: usize = 0;
          let end = mNow;
          let run = runs;
          for (const lastRun = runs ? runs + (<usize>load<u32>(runs) << 2) : 1; run < lastRun; run += runs ? 4 : 1) {
            if (runs) {
              first = <usize>load<u16>(run, 4);
              end = <usize>load<u16>(run, 6);
            }
            sumRows(
              end - first, lists + first * listStep, listStep, row + first * xNext, xNext, xAlong, block,
              start, startStep, at + first * cStep, cStep,
            );
          }
        }
      }
    }
  }
  return true;
}

/**
 * c[i, 0..31] = start[i, 0..31] + sum over the listed p of x(i,p) block[p, 0..31], for each of `rows` rows; no
 * start is 0. x(i,p) is at x + i xNext + p xStep.
 */
// @ts-ignore: decorator
@inline
function sumRows(
  rows: usize, list: usize, listStep: usize, x: usize, xNext: usize, xStep: usize, block: usize,
  start: usize, startStep: usize, c: usize, cStep: usize,
): void {
  if (xStep == 4) sumAdjacent(rows, list, listStep, x, xNext, block, start, startStep, c, cStep);
  else sumApart(rows, list, listStep, x, xNext, xStep, block, start, startStep, c, cStep);
}

function sumAdjacent(
  rows: usize, list: usize, listStep: usize, x: usize, xNext: usize, block: usize,
  start: usize, startStep: usize, c: usize, cStep: usize,
): void {
  sums(rows, list, listStep, x, xNext, 4, block, start, startStep, c, cStep);
}

function sumApart(
  rows: usize, list: usize, listStep: usize, x: usize, xNext: usize, xStep: usize, block: usize,
  start: usize, startStep: usize, c: usize, cStep: usize,
): void {
  sums(rows, list, listStep, x, xNext, xStep, block, start, startStep, c, cStep);
}

// Columns descend because V8 in Node 20 emits the multiply-adds in reverse, and would keep all of `block[p]` alive.
// @ts-ignore: decorator
@inline
function sums(
  rows: usize, list: usize, listStep: usize, x: usize, xNext: usize, xStep: usize, block: usize,
  start: usize, startStep: usize, c: usize, cStep: usize,
): void {
  for (; rows > 0; rows--) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    if (start) {
      s0 = v128.load(start);
      s1 = v128.load(start, 16);
      s2 = v128.load(start, 32);
      s3 = v128.load(start, 48);
      s4 = v128.load(start, 64);
      s5 = v128.load(start, 80);
      s6 = v128.load(start, 96);
      s7 = v128.load(start, 112);
    }
    let at = list + 2;
    for (const end = at + load<u16>(list); at < end; at++) {
      const p = <usize>load<u8>(at);
      const factor = v128.load_splat<f32>(x + p * xStep);
      const y = block + p * ROW;
      s7 = madd(factor, v128.load(y, 112), s7);
      s6 = madd(factor, v128.load(y, 96), s6);
      s5 = madd(factor, v128.load(y, 80), s5);
      s4 = madd(factor, v128.load(y, 64), s4);
      s3 = madd(factor, v128.load(y, 48), s3);
      s2 = madd(factor, v128.load(y, 32), s2);
      s1 = madd(factor, v128.load(y, 16), s1);
      s0 = madd(factor, v128.load(y), s0);
    }
    v128.store(c, s0);
    v128.store(c, s1, 16);
    v128.store(c, s2, 32);
    v128.store(c, s3, 48);
    v128.store(c, s4, 64);
    v128.store(c, s5, 80);
    v128.store(c, s6, 96);
    v128.store(c, s7, 112);
    list += listStep;
    x += xNext;
    start += startStep;
    c += cStep;
  }
}
