import {
  type Examples,
  type FloatArray,
  gatherRows,
  type Rows,
  type Session,
  type Targets,
  type Zeros,
} from "@feedforward/tensor";
import type { Network } from "./network.ts";
import type { Workspace } from "./workspace.ts";

/** Lays out the targets of one batch. */
export function layOutTargets(
  zeros: Zeros,
  y: Targets,
  batch: number,
  outputs: number,
): Int32Array | FloatArray {
  return y instanceof Int32Array ? zeros(batch, "int32") : zeros(batch * outputs, "float");
}

const CACHE_LINE = 64; // bytes
const NARROW = 64; // a row of fewer columns is copied before a view of it is made

/** Brings the rows of x that `rows` names into h(0), standardised. */
export function feedInputs(
  session: Session,
  { standardiser }: Network,
  work: Workspace,
  rows: Int32Array,
  { shape: [, columns], data }: Rows,
  count: number,
): void {
  if (standardiser && !(data instanceof Uint8Array)) {
    // On the host, in doubles: a raw number may have more digits than h(0) can hold.
    gatherRows(work.x, data, rows, count, columns, standardiser.mean, standardiser.std);
    session.push(work.x);
    return;
  }
  const raw = work.standardiser ? work.standardiser.raw : work.x;
  const wide = columns >= NARROW;
  if (wide && count > 0) raw[0] = touch(data, rows, count, columns); // overwritten below
  for (let r = 0; r < count; r++) {
    const from = rows[r]! * columns;
    const to = r * columns;
    if (wide) raw.set(data.subarray(from, from + columns), to);
    else for (let j = 0; j < columns; j++) raw[to + j] = data[from + j]!;
  }
  session.push(raw);
  if (!work.standardiser) return;
  const { mean, std, inOrder } = work.standardiser;
  session.call(gatherRows, work.x, raw, inOrder, count, columns, mean, std);
}

/**
 * Reads a number of each cache line of the rows, four rows at a time: so many at once are brought from memory faster
 * than one after another. The sum is for nothing, but keeps them from being left out.
 */
function touch(data: Rows["data"], rows: Int32Array, count: number, columns: number): number {
  const line = CACHE_LINE / data.BYTES_PER_ELEMENT;
  const last = count - 1;
  let sum = 0;
  for (let r = 0; r < count; r += 4) {
    const first = rows[r]! * columns;
    const second = rows[Math.min(r + 1, last)]! * columns;
    const third = rows[Math.min(r + 2, last)]! * columns;
    const fourth = rows[Math.min(r + 3, last)]! * columns;
    for (let at = 0; at < columns; at += line)
      sum += data[first + at]! + data[second + at]! + data[third + at]! + data[fourth + at]!;
  }
  return sum;
}

/** Brings the targets of the same rows into `target`. */
export function feedTargets(
  session: Session,
  target: Int32Array | FloatArray,
  rows: Int32Array,
  { y }: Examples,
  count: number,
): void {
  if (y instanceof Int32Array) for (let r = 0; r < count; r++) target[r] = y[rows[r]!]!;
  else {
    const columns = y.shape[1];
    for (let r = 0; r < count; r++)
      for (let c = 0; c < columns; c++) target[r * columns + c] = y.data[rows[r]! * columns + c]!;
  }
  session.push(target);
}
