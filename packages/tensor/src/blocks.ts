import type { FloatArray } from "./backend.ts";
import type { addTiles } from "./tiles.ts";

/**
 * Makes `addBlocks`, and what it works in: 280 kB, a block of C, and four steps of p of its rows of A and of
 * its columns of B, all in doubles.
 *
 * They are constants of a function, which a bundler leaves constants: V8 then knows where they lie and how
 * long they are. As parameters, or as the variables that a bundler makes of a module's constants, they
 * are a third slower, and on Node 20 more than half.
 */
function blocks(): typeof addTiles {
  const ROWS = 64; // even: rows are taken in pairs
  const COLUMNS = 512;
  const sums = new Float64Array(ROWS * COLUMNS);
  const a0 = new Float64Array(ROWS);
  const a1 = new Float64Array(ROWS);
  const a2 = new Float64Array(ROWS);
  const a3 = new Float64Array(ROWS);
  const b0 = new Float64Array(COLUMNS);
  const b1 = new Float64Array(COLUMNS);
  const b2 = new Float64Array(COLUMNS);
  const b3 = new Float64Array(COLUMNS);

  /** Four steps of rows r and r + 1. Where the block ends with row r, what is added to the next is not read. */
  function addPair(r: number, columns: number): void {
    const a00 = a0[r]!;
    const a01 = a1[r]!;
    const a02 = a2[r]!;
    const a03 = a3[r]!;
    const a10 = a0[r + 1]!;
    const a11 = a1[r + 1]!;
    const a12 = a2[r + 1]!;
    const a13 = a3[r + 1]!;
    for (let s = 0; s < columns; s++) {
      const p0 = b0[s]!;
      const p1 = b1[s]!;
      const p2 = b2[s]!;
      const p3 = b3[s]!;
      const top = r * COLUMNS + s;
      const low = top + COLUMNS;
      sums[top] = sums[top]! + a00 * p0 + a01 * p1 + a02 * p2 + a03 * p3;
      sums[low] = sums[low]! + a10 * p0 + a11 * p1 + a12 * p2 + a13 * p3;
    }
  }

  return function addBlocks(
    c: FloatArray,
    a: FloatArray,
    rowA: number,
    stepA: number,
    b: FloatArray,
    columnB: number,
    stepB: number,
    m: number,
    n: number,
    k: number,
  ): void {
    for (let i = 0; i < m; i += ROWS)
      for (let j = 0; j < n; j += COLUMNS) {
        const rows = Math.min(ROWS, m - i);
        const columns = Math.min(COLUMNS, n - j);
        for (let r = 0; r < rows; r++) {
          const to = r * COLUMNS;
          const from = (i + r) * n + j;
          for (let s = 0; s < columns; s++) sums[to + s] = c[from + s]!;
        }
        for (let p = 0; p < k; p += 4) {
          take(a0, a1, a2, a3, a, i * rowA + p * stepA, rowA, stepA, rows, k - p, 0);
          take(b0, b1, b2, b3, b, j * columnB + p * stepB, columnB, stepB, columns, k - p, -0);
          for (let r = 0; r < rows; r += 2) addPair(r, columns);
        }
        for (let r = 0; r < rows; r++) {
          const from = r * COLUMNS;
          const to = (i + r) * n + j;
          for (let s = 0; s < columns; s++) c[to + s] = sums[from + s]!;
        }
      }
  };
}

/** Four steps of `count` rows or columns. Of steps not left, a pad: 0 times -0 is -0, and x + -0 is x. */
function take(
  x0: Float64Array,
  x1: Float64Array,
  x2: Float64Array,
  x3: Float64Array,
  x: FloatArray,
  start: number,
  next: number,
  step: number,
  count: number,
  left: number,
  pad: number,
): void {
  const two = 2 * step;
  const three = 3 * step;
  let at = start;
  for (let s = 0; s < count; s++) {
    x0[s] = x[at]!;
    x1[s] = left > 1 ? x[at + step]! : pad;
    x2[s] = left > 2 ? x[at + two]! : pad;
    x3[s] = left > 3 ? x[at + three]! : pad;
    at += next;
  }
}

/**
 * C[i,j] += sum over p of A(i,p) B(p,j), with A and B as `product` has them.
 *
 * A block of C grows by four steps of p at a time. Between them its sums wait in memory, so no turn of the
 * innermost loop needs the one before, and the processor overlaps them: 8 GFLOP/s, where V8 spills sums
 * kept in variables, which then wait for each other, and reaches 4.
 */
export const addBlocks: typeof addTiles = /* @__PURE__ */ blocks();
