import type { Definition, FloatArray, Matrix, Targets } from "@feedforward/tensor";

/**
 * The mean loss over `rows` rows and its gradient with respect to `a`, over whole buffers, in place.
 *
 * `grad` and `a` are [rows, columns], `loss` has one element, `y` is one class a row, or [rows, columns].
 * Buffers may be larger: what is beyond `rows` is neither read nor written. Nothing is checked.
 */
export type LossDefinition<Y extends Int32Array | FloatArray> = Definition<
  [grad: FloatArray, loss: FloatArray, a: FloatArray, y: Y, rows: number, columns: number]
>;

/** The definitions of a loss: one for each kind of targets that it takes. */
export interface LossDefinitions {
  /** The loss of classes, for a loss that takes them. */
  readonly ofClasses?: LossDefinition<Int32Array>;
  /** The loss of values, [rows, columns], for a loss that takes them. */
  readonly ofValues?: LossDefinition<FloatArray>;
}

/** Targets of either kind, which `data` tells apart. */
export type AnyTargets = (Int32Array & { readonly data?: never }) | Matrix;

/** A loss, and its gradient with respect to the first argument, in that argument's shape and kind of floats. */
export interface LossAndGradient {
  readonly loss: number;
  readonly grad: Matrix;
}

/**
 * A loss: a function of a matrix, one example a row, and its targets. Every call checks both.
 *
 * `Y` says what targets it takes: `Int32Array` (the class of each row), `Matrix` (a row of values), or
 * either. A training loop takes the definitions, which check nothing, and calls `check` once. `makeLoss`
 * makes one.
 */
export interface Loss<Y extends Targets = Targets> extends LossDefinitions {
  (a: Matrix, y: Y): LossAndGradient;
  readonly lossName: string;
  /** Throws unless `y` can be the targets of `columns` outputs; names the first row that cannot. */
  readonly check: (y: Y, columns: number) => void;
}
