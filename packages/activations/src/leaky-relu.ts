import type { Activation } from "./activation.ts";
import { finiteOption } from "./finite-option.ts";
import { scalar } from "./scalar.ts";

export interface LeakyReluOptions {
  /** The slope where a <= 0; 0.01 unless told. Any finite number. */
  readonly slope?: number;
}

/**
 * Leaky rectified linear: g(a) = a where a > 0, else slope a; g'(a) = 1 where a > 0, else slope.
 *
 * Its range is (-∞, ∞), or [0, ∞) for a slope of 0 or less. At the kink, a = 0, and at NaN the
 * derivative is `slope`, as in PyTorch; g(NaN) is NaN. A slope of 0 makes NaN of -∞ (0 · ∞), also as
 * in PyTorch; relu gives 0.
 *
 * Its gain is √(2 / (1 + slope²)), which keeps the mean square of h at that of a, as √2 does for relu.
 *
 * @param options The slope.
 * @throws {RangeError} when `slope` is NaN or infinite.
 * @throws {TypeError} when `slope` is no number, or the options are no object.
 * @see Larochelle, Neural networks 1.2 (reclin); PyTorch `leaky_relu` (same value, derivative and gain).
 * @example
 * import { leakyRelu } from "@feedforward/activations";
 *
 * leakyRelu({ slope: 0.5 }).g(-4) // => -2
 * leakyRelu().dg(-4, -0.04) // => 0.01
 */
export function leakyRelu(options: LeakyReluOptions = {}): Activation {
  const slope = finiteOption("leakyRelu", options, "slope", 0.01);
  return {
    name: "leakyRelu",
    g: scalar((a) => (a > 0 ? a : slope * a), "leakyRelu", slope), // g(a) = a where a > 0, else slope a
    dg: scalar((a) => (a > 0 ? 1 : slope), "leakyReluDerivative", slope), // g'(a) = 1 where a > 0, else slope
    gain: Math.sqrt(2 / (1 + slope * slope)),
    range: [slope > 0 ? -Infinity : 0, Infinity],
  };
}
