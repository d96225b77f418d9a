import { checkBuffers } from "./check.ts";
import { type Definition, define, direct, type FloatArray } from "./definition.ts";
import {
  checkMoments,
  countStep,
  type MomentsOptions,
  type MomentsState,
  zeroMoments,
} from "./moments.ts";
import { onHeap } from "./optimizer.ts";
import type { Transform } from "./transform.ts";

type Scale = [
  g: FloatArray,
  m: FloatArray,
  v: FloatArray,
  beta1: number,
  beta2: number,
  correction1: number,
  rootCorrection2: number,
  epsilon: number,
];

const adamScale: Definition<Scale> = /* @__PURE__ */ define(
  "adamScale",
  (g, m, v, beta1, beta2, correction1, rootCorrection2, epsilon) => {
    for (let i = 0; i < g.length; i++) {
      const gi = g[i]!;
      const mi = beta1 * m[i]! + (1 - beta1) * gi;
      const vi = beta2 * v[i]! + (1 - beta2) * gi * gi;
      m[i] = mi;
      v[i] = vi;
      g[i] = mi / correction1 / (Math.sqrt(vi) / rootCorrection2 + epsilon);
    }
  },
);

/**
 * Overwrites each gradient by Adam's direction: m̂ / (√v̂ + ε), between about -1 and 1.
 *
 * What stands before it in a chain goes into the moments (an L2 penalty), what stands behind it does
 * not (decoupled weight decay).
 *
 * @throws {RangeError} when `beta1` or `beta2` lies outside of [0, 1), or `epsilon` is negative
 *   or not finite; by `update`, when the state was made for other parameters.
 * @see Kingma and Ba (2015), algorithm 1; optax `scale_by_adam`. `adam` is its fused form.
 * @example
 * const w = { shape: [2], data: Float64Array.of(1, 2) };
 * const optimizer = chain(scaleByAdam(), scaleByLearningRate(0.5));
 * optimizer.step([w], [Float64Array.of(3, -0.2)], optimizer.init([w]));
 * w.data // => Float64Array.of(0.5, 2.5)
 */
export function scaleByAdam({
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
}: MomentsOptions = {}): Transform<MomentsState> {
  checkMoments("scaleByAdam()", beta1, beta2, epsilon);
  return {
    init: (params, zeros = onHeap) => zeroMoments(params, zeros),
    update(params, grads, state, call = direct) {
      checkBuffers("scaleByAdam().update()", "state.m", params, state.m);
      countStep(state, beta1, beta2);
      const correction1 = 1 - state.beta1Power;
      const rootCorrection2 = Math.sqrt(1 - state.beta2Power);
      for (let i = 0; i < params.length; i++)
        call(
          adamScale,
          grads[i]!,
          state.m[i]!,
          state.v[i]!,
          beta1,
          beta2,
          correction1,
          rootCorrection2,
          epsilon,
        );
    },
  };
}
