import {
  type Examples,
  type FloatArray,
  floatArray,
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
  readonly standardiser: Standardiser;
  /** Which rows make the batch. */
  readonly rows: Int32Array;
}

/** A feed for up to `batch` rows. A network without a standardiser takes its inputs as they are. */
export function feedOf(net: Network, batch: number): Feed {
  const asTheyAre = (): Standardiser => ({
    mean: floatArray(net.dtype, net.inputs),
    std: floatArray(net.dtype, net.inputs).fill(1),
  });
  return { standardiser: net.standardiser ?? asTheyAre(), rows: new Int32Array(batch) };
}

/** Brings the rows of x that `feed.rows` names into h(0): gathered, converted, standardised in one pass. */
export function feedInputs(
  session: Session,
  work: Workspace,
  feed: Feed,
  x: Rows,
  count: number,
): void {
  const { mean, std } = feed.standardiser;
  gatherRows(work.x, x.data, feed.rows, count, x.shape[1], mean, std);
  session.push(work.x);
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
