import type { Activation } from "./activation.ts";
import { scalar } from "./scalar.ts";
import { sigmoid } from "./sigmoid.ts";

/**
 * Softplus: g(a) = log(1 + e^a), with g'(a) = 1 / (1 + e^-a), the sigmoid, and range (0, ∞).
 *
 * Computed as max(a, 0) + log(1 + e^-|a|), so it neither overflows nor loses its tail: g(1000) is
 * 1000, g(-1000) is 0, g(-40) is e^-40. PyTorch returns a itself above its threshold of 20, which
 * is 1e-10 off there; this does not. NaN stays NaN in both.
 *
 * Its gain is √2, that of relu, which it is for large a. For a standard normal a, 1.04 would keep
 * the mean square of h and 1.85 that of the gradient; √2 lies midway. PyTorch names none.
 *
 * @see Larochelle, Neural networks 1.2; PyTorch `softplus` (same value and derivative below 20).
 * @example
 * import { softplus } from "@feedforward/activations";
 *
 * softplus.g(1000) // => 1000
 * softplus.dg(0, Math.LN2) // => 0.5
 */
export const softplus: Activation = {
  name: "softplus",
  // log(1 + e^a) would overflow from a = 710.
  g: scalar((a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))), "softplus"), // g(a) = log(1 + e^a)
  dg: scalar((a) => sigmoid.g(a), "softplusDerivative"), // g'(a) = 1 / (1 + e^-a)
  gain: Math.SQRT2,
  range: [0, Infinity],
};
