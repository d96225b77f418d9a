import { checkBuffers, checkRate } from "./check.ts";
import { type DecayOptions, weightsOnly } from "./decay.ts";
import { type Definition, define, direct, type FloatArray } from "./definition.ts";
import {
  checkMoments,
  countStep,
  type MomentsOptions,
  type MomentsState,
  zeroMoments,
} from "./moments.ts";
import { type Optimizer, onHeap } from "./optimizer.ts";
import { type Schedule, toSchedule } from "./schedule.ts";

export interface AdamOptions extends MomentsOptions, DecayOptions {
  /** α: a number, or a schedule. 1e-3 by default. */
  readonly learningRate?: number | Schedule;
}

type Fused = [
  w: FloatArray,
  g: FloatArray,
  m: FloatArray,
  v: FloatArray,
  beta1: number,
  beta2: number,
  stepSize: number,
  rootCorrection2: number,
  epsilon: number,
  shrink: number,
];

const adamFused: Definition<Fused> = /* @__PURE__ */ define(
  "adam",
  (w, g, m, v, beta1, beta2, stepSize, rootCorrection2, epsilon, shrink) => {
    for (let i = 0; i < w.length; i++) {
      const gi = g[i]!;
      const mi = beta1 * m[i]! + (1 - beta1) * gi; //           m = β1 m + (1 - β1) g
      const vi = beta2 * v[i]! + (1 - beta2) * gi * gi; //      v = β2 v + (1 - β2) g²
      m[i] = mi;
      v[i] = vi;
      w[i] = shrink * w[i]! - (stepSize * mi) / (Math.sqrt(vi) / rootCorrection2 + epsilon);
    }
  },
);

/**
 * Adam: w = w - α m̂ / (√v̂ + ε), with m = β1 m + (1 - β1) g, v = β2 v + (1 - β2) g²,
 * m̂ = m / (1 - β1^t), v̂ = v / (1 - β2^t).
 *
 * `step` leaves the gradients as they are. The first step moves each weight by α against the sign of
 * its gradient. The moments have the kind of their parameter; the powers of β are running products,
 * the same in every engine. A gradient that is NaN or infinite goes into weights and moments, and
 * stays there: check the loss, or clip.
 *
 * With `weightDecay` it is AdamW: w = w - α (m̂ / (√v̂ + ε) + λ w), where biases are spared unless
 * `mask` says otherwise. The same as `chain(scaleByAdam(), addDecayedWeights(weightDecay),
 * scaleByLearningRate(learningRate))` up to rounding, in one pass over memory.
 *
 * @throws {RangeError} when `learningRate`, `weightDecay` or `epsilon` is negative or not finite, or
 *   `beta1` or `beta2` lies outside of [0, 1); by `step`, when gradients or state do not fit the
 *   parameters, or a schedule yields a rate that is negative or not finite.
 * @throws {TypeError} when an option is not a number, or `options` not an object.
 * @see Kingma and Ba (2015); Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019);
 *   PyTorch `Adam` (same without weight decay), `AdamW` (same with `mask: () => true`; its default
 *   of `weight_decay` is 0.01). PyTorch's `Adam(weight_decay)` is another thing, an L2 penalty:
 *   `chain(addDecayedWeights(λ, { mask: () => true }), scaleByAdam(), scaleByLearningRate(α))`.
 * @example
 * const w = { shape: [2], data: Float64Array.of(1, 2) };
 * const optimizer = adam({ learningRate: 0.5 });
 * optimizer.step([w], [Float64Array.of(3, -0.2)], optimizer.init([w]));
 * w.data // => Float64Array.of(0.5, 2.5)
 */
export function adam(options: AdamOptions = {}): Optimizer<MomentsState> {
  // A bare rate would otherwise be dropped in silence, and the default used.
  if (typeof options !== "object")
    throw new TypeError(`adam() expects an object of options, but got ${options}`);
  const {
    learningRate = 1e-3,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    weightDecay = 0,
    mask = weightsOnly,
  } = options;
  const schedule = toSchedule("adam()", learningRate);
  checkMoments("adam()", beta1, beta2, epsilon);
  checkRate("adam()", "weightDecay", weightDecay);
  return {
    init: (params, zeros = onHeap) => zeroMoments(params, zeros),
    step(params, grads, state, call = direct) {
      checkBuffers("adam().step()", "grads", params, grads);
      checkBuffers("adam().step()", "state.m", params, state.m);
      const rate = schedule(state);
      countStep(state, beta1, beta2);
      const stepSize = rate / (1 - state.beta1Power);
      const rootCorrection2 = Math.sqrt(1 - state.beta2Power);
      for (let i = 0; i < params.length; i++) {
        const param = params[i]!;
        call(
          adamFused,
          param.data,
          grads[i]!,
          state.m[i]!,
          state.v[i]!,
          beta1,
          beta2,
          stepSize,
          rootCorrection2,
          epsilon,
          mask(param, i) ? 1 - rate * weightDecay : 1,
        );
      }
    },
  };
}
