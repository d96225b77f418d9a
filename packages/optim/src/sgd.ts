import { checkBuffers, checkFraction, checkRate } from "./check.ts";
import { type DecayOptions, weightsOnly } from "./decay.ts";
import { type Definition, define, direct, type FloatArray } from "./definition.ts";
import { type Optimizer, onHeap } from "./optimizer.ts";
import { type Schedule, toSchedule } from "./schedule.ts";

export interface SgdOptions extends DecayOptions {
  /** α: a number, or a schedule. There is no default: no one rate suits all networks. */
  readonly learningRate: number | Schedule;
  /** μ in [0, 1): how much of the last update goes into the next. 0 by default. */
  readonly momentum?: number;
  /** Whether to look one step of momentum ahead. False by default. */
  readonly nesterov?: boolean;
}

export interface SgdState {
  /** How many steps were made. */
  step: number;
  /** u for each parameter, of its length and kind; empty without momentum. */
  readonly velocity: readonly FloatArray[];
}

type Plain = [w: FloatArray, g: FloatArray, rate: number, decay: number];
type Momentum = [
  w: FloatArray,
  g: FloatArray,
  u: FloatArray,
  rate: number,
  momentum: number,
  decay: number,
];

const sgdPlain: Definition<Plain> = /* @__PURE__ */ define("sgd", (w, g, rate, decay) => {
  for (let i = 0; i < w.length; i++) w[i] = w[i]! - rate * (g[i]! + decay * w[i]!);
});

const sgdMomentum: Definition<Momentum> = /* @__PURE__ */ define(
  "sgdMomentum",
  (w, g, u, rate, momentum, decay) => {
    for (let i = 0; i < w.length; i++) {
      const next = momentum * u[i]! + g[i]!; //                 u = μ u + g
      u[i] = next;
      w[i] = w[i]! - rate * (next + decay * w[i]!); //          w = w - α (u + λ w)
    }
  },
);

const sgdNesterov: Definition<Momentum> = /* @__PURE__ */ define(
  "sgdNesterov",
  (w, g, u, rate, momentum, decay) => {
    for (let i = 0; i < w.length; i++) {
      const next = momentum * u[i]! + g[i]!; //                 u = μ u + g
      u[i] = next;
      w[i] = w[i]! - rate * (g[i]! + momentum * next + decay * w[i]!); // w = w - α (g + μ u + λ w)
    }
  },
);

/**
 * Stochastic gradient descent: w = w - α g; with momentum u = μ u + g, w = w - α u; with Nesterov's
 * w = w - α (g + μ u).
 *
 * `step` leaves the gradients as they are. The velocity u begins at 0, so the first u is g; it has
 * the kind of its parameter. A gradient that is NaN or infinite goes into the weights: check the
 * loss, or clip. The same as `chain(trace({ momentum, nesterov }), addDecayedWeights(weightDecay),
 * scaleByLearningRate(learningRate))` up to rounding, in one pass over memory.
 *
 * @throws {RangeError} when `learningRate` or `weightDecay` is negative or not finite, `momentum`
 *   lies outside of [0, 1), or `nesterov` is asked for without momentum; by `step`, when gradients
 *   or state do not fit the parameters, or a schedule yields a rate that is negative or not finite.
 * @see Larochelle, Neural networks 2.11; Sutskever et al. (2013); PyTorch `SGD` (same, with
 *   `dampening=0`; its `weight_decay` is an L2 penalty on biases too:
 *   `chain(addDecayedWeights(λ, { mask: () => true }), trace({ momentum }), scaleByLearningRate(α))`).
 * @example
 * const w = { shape: [2], data: Float64Array.of(1, 2) };
 * const optimizer = sgd({ learningRate: 0.5, momentum: 0.9 });
 * optimizer.step([w], [Float64Array.of(1, -1)], optimizer.init([w]));
 * w.data // => Float64Array.of(0.5, 2.5)
 */
export function sgd({
  learningRate,
  momentum = 0,
  nesterov = false,
  weightDecay = 0,
  mask = weightsOnly,
}: SgdOptions): Optimizer<SgdState> {
  const schedule = toSchedule("sgd()", learningRate);
  checkFraction("sgd()", "momentum", momentum);
  checkRate("sgd()", "weightDecay", weightDecay);
  if (nesterov && momentum === 0)
    throw new RangeError("sgd() expects momentum in (0, 1) for nesterov, but momentum is 0");
  const withMomentum = nesterov ? sgdNesterov : sgdMomentum;
  return {
    init: (params, zeros = onHeap) => ({
      step: 0,
      velocity: momentum === 0 ? [] : params.map(({ data }) => zeros(data)),
    }),
    step(params, grads, state, call = direct) {
      checkBuffers("sgd().step()", "grads", params, grads);
      if (momentum !== 0) checkBuffers("sgd().step()", "state.velocity", params, state.velocity);
      const rate = schedule(state);
      for (let i = 0; i < params.length; i++) {
        const param = params[i]!;
        const decay = mask(param, i) ? weightDecay : 0;
        if (momentum === 0) call(sgdPlain, param.data, grads[i]!, rate, decay);
        else call(withMomentum, param.data, grads[i]!, state.velocity[i]!, rate, momentum, decay);
      }
      state.step++;
    },
  };
}
