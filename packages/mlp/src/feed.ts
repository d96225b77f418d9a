import {
  type Examples,
  type FloatArray,
  gatherRows,
  type Rows,
  type Session,
  type Standardiser,
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

/** What brings rows into a workspace; reused from batch to batch. */
export interface Feed {
  /** Which rows make the batch: the host's. */
  readonly rows: Int32Array;
  /** The network's; absent, inputs are taken as they are. */
  readonly standardiser?: Standardiser;
  /** Where the backend has it, to standardise bytes. */
  readonly laid?: {
    readonly mean: FloatArray;
    readonly std: FloatArray;
    /** 0, 1, 2, ...: the rows are in place already. */
    readonly inOrder: Int32Array;
  };
}

/** Lays out a feed for up to `batch` rows. Only allocates. */
export function layOutFeed(net: Network, zeros: Zeros, batch: number): Feed {
  const rows = new Int32Array(batch);
  const { standardiser } = net;
  if (!standardiser) return { rows };
  const mean = zeros(net.inputs, "float");
  const std = zeros(net.inputs, "float");
  return { rows, standardiser, laid: { mean, std, inOrder: zeros(batch, "int32") } };
}

/** Copies the standardiser to where the backend has it. */
export function fillFeed(session: Session, { standardiser, laid }: Feed): void {
  if (!standardiser || !laid) return;
  laid.mean.set(standardiser.mean);
  laid.std.set(standardiser.std);
  for (let r = 0; r < laid.inOrder.length; r++) laid.inOrder[r] = r;
  session.push(laid.mean, laid.std, laid.inOrder);
}

const NARROW = 64; // a row of fewer columns is copied before a view of it is made

/** Brings the rows of x that `feed.rows` names into h(0), standardised. */
export function feedInputs(
  session: Session,
  work: Workspace,
  { rows, standardiser, laid }: Feed,
  { shape: [, columns], data }: Rows,
  count: number,
): void {
  if (standardiser && !(data instanceof Uint8Array)) {
    // On the host, in doubles: a raw number may have more digits than h(0) can hold.
    gatherRows(work.x, data, rows, count, columns, standardiser.mean, standardiser.std);
    session.push(work.x);
    return;
  }
  for (let r = 0; r < count; r++) {
    const from = rows[r]! * columns;
    const to = r * columns;
    if (columns < NARROW) for (let j = 0; j < columns; j++) work.x[to + j] = data[from + j]!;
    else work.x.set(data.subarray(from, from + columns), to);
  }
  session.push(work.x);
  if (laid)
    session.call(gatherRows, work.x, work.x, laid.inOrder, count, columns, laid.mean, laid.std);
}

/** Brings the targets of the same rows into `target`. */
export function feedTargets(
  session: Session,
  target: Int32Array | FloatArray,
  feed: Feed,
  { y }: Examples,
  count: number,
): void {
  const columns = y instanceof Int32Array ? 1 : y.shape[1];
  const from = y instanceof Int32Array ? y : y.data;
  for (let r = 0; r < count; r++) {
    const start = feed.rows[r]! * columns;
    for (let c = 0; c < columns; c++) target[r * columns + c] = from[start + c]!;
  }
  session.push(target);
}
