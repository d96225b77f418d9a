import type { Activation } from "./activation.ts";
import { scalar } from "./scalar.ts";

/**
 * Hyperbolic tangent: g(a) = (e^a - e^-a) / (e^a + e^-a), with g'(a) = 1 - g(a)^2 and range (-1, 1).
 *
 * Safe for any a: beyond ±19.1, g rounds to ±1 and g' to 0. NaN stays NaN, -0 stays -0.
 *
 * Its gain is 1, the course's Glorot initialiser. PyTorch's `calculate_gain` says 5/3.
 *
 * @see Larochelle, Neural networks 1.2 and 2.5; PyTorch `tanh` (same value and derivative).
 * @example
 * import { tanh } from "@feedforward/activations";
 *
 * tanh.g(0) // => 0
 * tanh.dg(0, 0) // => 1
 */
export const tanh: Activation = {
  name: "tanh",
  g: scalar((a) => Math.tanh(a), "tanh"), // g(a) = (e^a - e^-a) / (e^a + e^-a)
  dg: scalar((_a, h) => 1 - h * h, "tanhDerivative"), // g'(a) = 1 - g(a)^2
  gain: 1,
  range: [-1, 1],
};
