import { addScaled } from "./add-scaled.ts";
import { checkRate } from "./check.ts";
import { type Mask, weightsOnly } from "./decay.ts";
import { direct } from "./definition.ts";
import type { Transform } from "./transform.ts";

export interface AddDecayedWeightsOptions {
  /** Which parameters decay; by default those of rank 2 and above, so biases are spared. */
  readonly mask?: Mask;
}

/**
 * Overwrites the gradient of each weight by g + λ w: weight decay.
 *
 * Its place in the chain decides what it is. Behind `scaleByAdam` or `trace` it is decoupled (AdamW):
 * the moments never see it. Before them it is the gradient of an L2 penalty λ/2 |w|².
 *
 * @param rate λ, at least 0.
 * @throws {RangeError} when `rate` is negative or not finite.
 * @see Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019); optax
 *   `add_decayed_weights`; `weight_decay` of PyTorch, which decays biases too: `mask: () => true`.
 * @example
 * const W = { shape: [1, 1], data: Float64Array.of(8) };
 * const b = { shape: [1], data: Float64Array.of(8) };
 * const optimizer = chain(addDecayedWeights(0.25), scaleByLearningRate(0.5));
 * optimizer.step([W, b], [Float64Array.of(0), Float64Array.of(0)], optimizer.init([W, b]));
 * [W.data[0], b.data[0]] // => [7, 8]
 */
export function addDecayedWeights(
  rate: number,
  { mask = weightsOnly }: AddDecayedWeightsOptions = {},
): Transform<Record<string, never>> {
  checkRate("addDecayedWeights()", "rate", rate);
  return {
    init: () => ({}),
    update(params, grads, _state, call = direct) {
      for (let i = 0; i < params.length; i++) {
        const param = params[i]!;
        if (mask(param, i)) call(addScaled, grads[i]!, param.data, rate);
      }
    },
  };
}
