import type { Activation } from "./activation.ts";
import { scalar } from "./scalar.ts";

/**
 * Sigmoid: g(a) = 1 / (1 + e^-a), with g'(a) = g(a)(1 - g(a)) and range (0, 1).
 *
 * Safe for any a: where e^-a overflows (a < -709), g is below the smallest normal number, and 0 is
 * right. From a = 37 on, g rounds to 1 and g' to 0. NaN stays NaN. Its gain is 1: Glorot's
 * initialiser.
 *
 * @see Larochelle, Neural networks 1.2 and 2.5 (sigm); PyTorch `sigmoid` (same value and derivative).
 * @example
 * import { sigmoid } from "@feedforward/activations";
 *
 * sigmoid.g(0) // => 0.5
 * sigmoid.dg(0, 0.5) // => 0.25
 */
export const sigmoid: Activation = {
  name: "sigmoid",
  g: scalar((a) => 1 / (1 + Math.exp(-a)), "sigmoid"), // g(a) = 1 / (1 + e^-a)
  dg: scalar((_a, h) => h * (1 - h), "sigmoidDerivative"), // g'(a) = g(a)(1 - g(a))
  gain: 1,
  range: [0, 1],
};
