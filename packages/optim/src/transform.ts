import type { Call, FloatArray } from "./definition.ts";
import type { Parameter, Zeros } from "./optimizer.ts";

/**
 * A step in the making of an update: turns gradients into what `chain` subtracts from the parameters.
 *
 * Transforms compose with `chain`, which checks the shapes before it runs them.
 */
export interface Transform<State> {
  /** A fresh state: numbers and float arrays, in plain objects and arrays. */
  init(params: readonly Parameter[], zeros?: Zeros): State;
  /** Overwrites `grads` with the update, and changes `state`; `params` are only read. */
  update(
    params: readonly Parameter[],
    grads: readonly FloatArray[],
    state: State,
    call?: Call,
  ): void;
}
