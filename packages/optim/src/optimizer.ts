import type { Call, FloatArray } from "./definition.ts";

/** What is trained: its shape tells weights (rank 2) from biases (rank 1), `data` is changed in place. */
export interface Parameter {
  readonly shape: readonly number[];
  readonly data: FloatArray;
}

/** Allocates a zeroed buffer of the length and kind of `like`. A backend passes its own. */
export type Zeros = (like: FloatArray) => FloatArray;

/**
 * An optimizer: makes a state for some parameters, then changes both, step by step.
 *
 * The optimizer itself holds nothing that changes: one optimizer may train several networks, each
 * with a state of its own. Every element-wise operation goes through `call`.
 */
export interface Optimizer<State> {
  /** A fresh state: numbers and float arrays, in plain objects and arrays. */
  init(params: readonly Parameter[], zeros?: Zeros): State;
  /** Changes `params` and `state` in place, and may overwrite `grads`. */
  step(params: readonly Parameter[], grads: readonly FloatArray[], state: State, call?: Call): void;
}

/** Allocates on the heap: the default of `init`. */
export const onHeap: Zeros = (like) => like.slice().fill(0);
