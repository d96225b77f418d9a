import type { Activation } from "./activation.ts";
import { finiteOption } from "./finite-option.ts";
import { scalar } from "./scalar.ts";

export interface EluOptions {
  /** g falls to -alpha; 1 unless told. Any finite number. */
  readonly alpha?: number;
}

// 2 E[(e^z - 1)^2 ; z < 0] for a standard normal z = 2 (e^2 Φ(-2) - 2 √e Φ(-1) + 1/2)
const NEGATIVE_HALF = 0.28989083498584767;

/**
 * Exponential linear: g(a) = a where a > 0, else alpha (e^a - 1); g'(a) = 1 where a > 0, else alpha e^a.
 *
 * Its range is (-alpha, ∞), or [0, ∞) for an alpha of 0 or less. By expm1, so a small a keeps all its
 * digits (PyTorch loses some), and -0 stays -0; g' is taken from a, because h + alpha cancels in the
 * tail. At the kink, a = 0, the derivative is `alpha`, as in PyTorch. NaN stays NaN in both.
 *
 * Its gain is √(2 / (1 + 0.29 alpha²)), 1.245 by default: what keeps the mean square of h at that of a
 * standard normal a, the rule that gives relu (alpha = 0) its √2. PyTorch names none.
 *
 * @param options How far g falls below 0.
 * @throws {RangeError} when `alpha` is NaN or infinite.
 * @throws {TypeError} when `alpha` is no number, or the options are no object.
 * @see Clevert et al., Fast and accurate deep network learning by exponential linear units (2016);
 * PyTorch `elu` (same value and derivative).
 * @example
 * import { elu } from "@feedforward/activations";
 *
 * elu().g(-1) // => -0.6321205588285577
 * elu({ alpha: 2 }).dg(0, 0) // => 2
 */
export function elu(options: EluOptions = {}): Activation {
  const alpha = finiteOption("elu", options, "alpha", 1);
  return {
    name: "elu",
    g: scalar((a) => (a > 0 ? a : alpha * Math.expm1(a)), "elu", alpha), // g(a) = a where a > 0, else alpha (e^a - 1)
    dg: scalar((a) => (a > 0 ? 1 : alpha * Math.exp(a)), "eluDerivative", alpha), // g'(a) = 1 where a > 0, else alpha e^a
    gain: Math.sqrt(2 / (1 + NEGATIVE_HALF * alpha * alpha)),
    range: [alpha > 0 ? -alpha : 0, Infinity],
  };
}
