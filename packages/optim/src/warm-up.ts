import { checkPositive } from "./check.ts";
import type { Schedule } from "./schedule.ts";

export interface WarmUpOptions {
  /** How many steps run below the full rate. */
  readonly steps: number;
  /** The schedule that takes over; its own steps count from 0. */
  readonly then: Schedule;
}

/**
 * A linear rise to the first rate of another schedule: α(t) = then(0) (t + 1) / (steps + 1), then `then`.
 *
 * No step is wasted on a rate of 0: the first has then(0) / (steps + 1), and step `steps` is the
 * first one with the full rate.
 *
 * @throws {RangeError} when `steps` is not above 0, or not finite.
 * @see Goyal et al., Accurate, Large Minibatch SGD (2017), section 2.2; PyTorch
 *   `LinearLR(start_factor=1 / (steps + 1), total_iters=steps)` (same).
 * @example
 * const schedule = warmUp({ steps: 4, then: constant(0.1) });
 * schedule({ step: 0 }) // => 0.02
 * schedule({ step: 4 }) // => 0.1
 */
export function warmUp({ steps, then }: WarmUpOptions): Schedule {
  checkPositive("warmUp()", "steps", steps);
  return ({ step }) =>
    step < steps ? (then({ step: 0 }) * (step + 1)) / (steps + 1) : then({ step: step - steps });
}
