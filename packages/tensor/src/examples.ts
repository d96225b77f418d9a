import type { FloatArray } from "./backend.ts";
import type { Matrix } from "./tensor.ts";

/** Raw inputs, one example a row. Pixels stay bytes until they are gathered into a mini-batch. */
export interface Rows {
  readonly shape: readonly [rows: number, columns: number];
  readonly data: Uint8Array | FloatArray;
}

/** What `y` may be: the class of each example, or a row of values (probabilities, regression targets). */
export type Targets = Int32Array | Matrix;

/** Inputs and their targets, row for row. */
export interface Examples<Y extends Targets = Targets> {
  readonly x: Rows;
  readonly y: Y;
}

/** How raw inputs become h(0), column by column: (x - mean) / std. Stored with the model. */
export interface Standardiser {
  readonly mean: FloatArray;
  readonly std: FloatArray;
}
