import type { Activation } from "./activation.ts";
import { scalar } from "./scalar.ts";

/**
 * Linear: g(a) = a, with g'(a) = 1 and range (-∞, ∞). Exact everywhere; NaN stays NaN.
 *
 * The derivative is 1 even at NaN, as in PyTorch. Its gain is 1: Glorot's initialiser.
 *
 * @see Larochelle, Neural networks 1.2; PyTorch `Identity`.
 * @example
 * import { linear } from "@feedforward/activations";
 *
 * linear.g(-2) // => -2
 * linear.dg(-2, -2) // => 1
 */
export const linear: Activation = {
  name: "linear",
  g: scalar((a) => a, "linear"), // g(a) = a
  dg: scalar(() => 1, "linearDerivative"), // g'(a) = 1
  gain: 1,
  range: [-Infinity, Infinity],
};
