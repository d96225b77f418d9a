import { madd } from "./lanes";
import { packPanelOfColumns, packPanelOfRows, packRows, transpose4 } from "./pack";
import { room } from "./room";
import { listBytes, listRow, PLACES_BYTES, writePlaces } from "./zeros";

// A product whose one operand, X, is zero in many places: of each row of X, only what is not zero is
// multiplied, with rows of a block of the other operand, Y, that is 32 columns wide. Every entry of C has one
// accumulator, and p ascends, so that the bits are those of tiles.

const WIDTH: usize = 32;
const LONGEST_K: usize = 200; // a block of Y stays in a first cache of 32 kB
const ROW: usize = WIDTH << 2;

/** How many bytes a sparse product packs into, where no operand has more than `longest` floats. */
export function sparseBytes(longest: usize): usize {
  return PLACES_BYTES + 5 * ROW + ROW * min(LONGEST_K, longest) + min(room, longest << 3);
}

/**
 * C(i,j) = start + sum over p of X(i,p) Y(p,j): `start` is C itself (`goOn`), a bias, or 0.
 *
 * X(i,p) is X[i,p], or X[p,i] where `xColumns`; Y(p,j) is Y[j,p], or Y[p,j] where `yColumns`. C(i,j) is
 * C[i,j], or C[j,i] where `cColumns`, which has no bias. The steps from row to row are in bytes.
 */
export function sparseProduct(
  c: usize, cStep: usize, cColumns: bool, x: usize, xStep: usize, xColumns: bool,
  y: usize, yStep: usize, yColumns: bool, m: usize, n: usize, k: usize, goOn: bool, bias: usize, scratch: usize,
): void {
  const places = scratch;
  const zeros = places + PLACES_BYTES;
  const four = zeros + ROW; // rows of C
  const block = four + 4 * ROW;
  const kBlocks = (k + LONGEST_K - 1) / LONGEST_K;
  const kLength = (k + kBlocks - 1) / kBlocks;
  const lists = block + kLength * ROW;
  const listStep = listBytes(kLength);
  const mLength = min(m, room / (listStep + (xColumns ? kLength << 2 : 0)) & ~3);
  const transposed = lists + mLength * listStep;
  writePlaces(places);
  memory.fill(zeros, 0, ROW);
  for (let kFrom: usize = 0; kFrom < k; kFrom += kLength) {
    const kNow = min(kLength, k - kFrom);
    const load = goOn || kFrom > 0;
    for (let mFrom: usize = 0; mFrom < m; mFrom += mLength) {
      const mNow = min(mLength, m - mFrom);
      let row = x + mFrom * xStep + (kFrom << 2);
      let rowStep = xStep;
      if (xColumns) {
        row = transposed;
        rowStep = kLength << 2;
        packRows(transposed, rowStep, x + kFrom * xStep + (mFrom << 2), xStep, kNow, mNow);
      }
      for (let i: usize = 0; i < mNow; i++) listRow(lists + i * listStep, row + i * rowStep, kNow, places);
      for (let j: usize = 0; j < n; j += WIDTH) {
        const width = min(WIDTH, n - j);
        if (yColumns) packPanelOfColumns(block, WIDTH, y + kFrom * yStep + (j << 2), yStep, width, kNow);
        else packPanelOfRows(block, WIDTH, y + j * yStep + (kFrom << 2), yStep, width, kNow);
        if (cColumns) {
          const at = c + j * cStep + (mFrom << 2);
          for (let i: usize = 0; i < mNow; i += 4) {
            const rows = min<usize>(4, mNow - i);
            const list = lists + i * listStep;
            if (load) readColumns(four, at + (i << 2), cStep, rows, width);
            sumRows(rows, list, listStep, row + i * rowStep, rowStep, block, load ? four : zeros, load ? ROW : 0, four, ROW);
            writeColumns(at + (i << 2), cStep, four, rows, width);
          }
        } else {
          const at = c + mFrom * cStep + (j << 2);
          const start = load ? at : bias ? bias + (j << 2) : zeros;
          const startStep = load ? cStep : 0;
          if (width == WIDTH) sumRows(mNow, lists, listStep, row, rowStep, block, start, startStep, at, cStep);
          else
            for (let i: usize = 0; i < mNow; i++) {
              copyFloats(four, start + i * startStep, width);
              sumRows(1, lists + i * listStep, 0, row + i * rowStep, 0, block, four, 0, four, 0);
              copyFloats(at + i * cStep, four, width);
            }
        }
      }
    }
  }
}

/**
 * c[i, 0..31] = start[i, 0..31] + sum over the listed p of x[i,p] block[p, 0..31], for each of `rows` rows.
 *
 * Columns descend because V8 in Node 20 emits the multiply-adds in reverse, and would keep all of `block[p]` alive.
 */
function sumRows(
  rows: usize, list: usize, listStep: usize, x: usize, xStep: usize, block: usize,
  start: usize, startStep: usize, c: usize, cStep: usize,
): void {
  for (; rows > 0; rows--) {
    let s0 = v128.load(start);
    let s1 = v128.load(start, 16);
    let s2 = v128.load(start, 32);
    let s3 = v128.load(start, 48);
    let s4 = v128.load(start, 64);
    let s5 = v128.load(start, 80);
    let s6 = v128.load(start, 96);
    let s7 = v128.load(start, 112);
    let at = list + 2;
    for (const end = at + (<usize>load<u16>(list) << 1); at < end; at += 2) {
      const p = <usize>load<u16>(at);
      const factor = v128.load_splat<f32>(x + (p << 2));
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
    x += xStep;
    start += startStep;
    c += cStep;
  }
}

/** four[r][j] = c[j, r]. */
function readColumns(four: usize, c: usize, step: usize, rows: usize, width: usize): void {
  for (let j: usize = 0; j < width; j++) {
    for (let r: usize = 0; r < rows; r++) store<f32>(four + r * ROW + (j << 2), load<f32>(c + (r << 2)));
    c += step;
  }
}

/** c[j, r] = four[r][j]. */
function writeColumns(c: usize, step: usize, four: usize, rows: usize, width: usize): void {
  if (rows == 4) transpose4(c, step, four, ROW, width);
  else
    for (let j: usize = 0; j < width; j++) {
      for (let r: usize = 0; r < rows; r++) store<f32>(c + (r << 2), load<f32>(four + r * ROW + (j << 2)));
      c += step;
    }
}

function copyFloats(to: usize, from: usize, count: usize): void {
  for (let j: usize = 0; j < count << 2; j += 4) store<f32>(to + j, load<f32>(from + j));
}
