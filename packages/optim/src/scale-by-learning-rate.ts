import { type Definition, define, direct, type FloatArray } from "./definition.ts";
import { type Schedule, toSchedule } from "./schedule.ts";
import type { Transform } from "./transform.ts";

export interface ScaleByLearningRateState {
  /** How many steps were made: what the schedule is asked for. */
  step: number;
}

const scale: Definition<[x: FloatArray, factor: number]> = /* @__PURE__ */ define(
  "scale",
  (x, factor) => {
    for (let i = 0; i < x.length; i++) x[i] = x[i]! * factor;
  },
);

/**
 * Overwrites each gradient by α g, where α is a number or a schedule's rate at this step.
 *
 * The sign stays: `chain` subtracts what its last transform leaves.
 *
 * @param learningRate α: finite, at least 0, or a schedule of such rates.
 * @throws {RangeError} when `learningRate` is negative or not finite; by `update`, when the schedule
 *   yields such a rate.
 * @see optax `scale_by_learning_rate` (which also flips the sign).
 * @example
 * const w = { shape: [1], data: Float64Array.of(8) };
 * const optimizer = chain(scaleByLearningRate(0.5));
 * optimizer.step([w], [Float64Array.of(2)], optimizer.init([w]));
 * w.data // => Float64Array.of(7)
 */
export function scaleByLearningRate(
  learningRate: number | Schedule,
): Transform<ScaleByLearningRateState> {
  const schedule = toSchedule("scaleByLearningRate()", learningRate);
  return {
    init: () => ({ step: 0 }),
    update(_params, grads, state, call = direct) {
      const rate = schedule(state);
      for (let i = 0; i < grads.length; i++) call(scale, grads[i]!, rate);
      state.step++;
    },
  };
}
