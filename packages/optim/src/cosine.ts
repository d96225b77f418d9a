import { checkPositive, checkRate } from "./check.ts";
import { cosPi } from "./cos-pi.ts";
import type { Schedule } from "./schedule.ts";

export interface CosineOptions {
  /** The rate of step 0. */
  readonly from: number;
  /** The rate of step `steps` and of all later ones; 0 by default. */
  readonly to?: number;
  /** How many steps the fall takes. */
  readonly steps: number;
}

/**
 * Half a cosine wave from one rate to another: α(t) = to + (from - to) (1 + cos(π t / steps)) / 2.
 *
 * After `steps` the rate stays at `to`. The cosine is computed from arithmetic, so that every engine
 * gives the same bits.
 *
 * @throws {RangeError} when a rate is negative, `steps` is not above 0, or one of them is not finite.
 * @see Loshchilov and Hutter, SGDR (2017), equation 5; PyTorch `CosineAnnealingLR` (same until
 *   `steps`; later PyTorch's rate rises again).
 * @example
 * cosine({ from: 0.1, steps: 100 })({ step: 50 }) // => 0.05
 */
export function cosine({ from, to = 0, steps }: CosineOptions): Schedule {
  checkRate("cosine()", "from", from);
  checkRate("cosine()", "to", to);
  checkPositive("cosine()", "steps", steps);
  return ({ step }) => (step >= steps ? to : to + ((from - to) * (1 + cosPi(step / steps))) / 2);
}
