import type { Activation } from "./activation.ts";
import { scalar } from "./scalar.ts";

/**
 * Rectified linear: g(a) = max(0, a), with g'(a) = 1 where a > 0, else 0, and range [0, ∞).
 *
 * At the kink, a = 0, the derivative is 0. NaN stays NaN, and there the derivative is 1, so that a
 * gradient passes through: both as in PyTorch. g(-0) is 0.
 *
 * Its gain is √2: half of the units are silent, so He's initialiser doubles the variance.
 *
 * @see Larochelle, Neural networks 1.2 and 2.5 (reclin); PyTorch `relu` (same value and derivative).
 * @example
 * import { relu } from "@feedforward/activations";
 *
 * relu.g(-2) // => 0
 * relu.dg(0, 0) // => 0
 */
export const relu: Activation = {
  name: "relu",
  // Not `a > 0 ? a : 0`, which would turn NaN into 0.
  g: scalar((a) => Math.max(0, a), "relu"), // g(a) = max(0, a)
  // A number out of a comparison needs no branch, and the sign of a is hard to predict.
  dg: scalar((a) => Number(!(a <= 0)), "reluDerivative"), // g'(a) = 1 where a > 0
  gain: Math.SQRT2,
  range: [0, Infinity],
};
