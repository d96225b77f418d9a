import type { FloatArray } from "@feedforward/tensor";

/**
 * A metric: a mean over the examples, summed batch by batch.
 *
 * `a` is the network's output, [rows, columns], row after row; only the first `rows` rows count.
 */
export interface Metric<Name extends string = string> {
  /** Its key in reports. */
  readonly name: Name;
  /** The sum over the rows, for targets that are classes. */
  ofClasses?(a: FloatArray, y: Int32Array, rows: number, columns: number): number;
  /** The sum over the rows, for targets that are rows of values. */
  ofValues?(a: FloatArray, y: FloatArray, rows: number, columns: number): number;
}

/** The loss, and each metric under its name. */
export type Evaluation<Name extends string = string> = { readonly loss: number } & {
  readonly [K in Name]: number;
};
