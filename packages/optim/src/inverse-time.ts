import { checkRate } from "./check.ts";
import type { Schedule } from "./schedule.ts";

export interface InverseTimeOptions {
  /** α, the rate of step 0. */
  readonly from: number;
  /** δ, per step: after 1/δ steps the rate has halved. */
  readonly decay: number;
}

/**
 * A rate that falls with the inverse of time: α(t) = α / (1 + δ t).
 *
 * It sums to infinity while its squares do not: the conditions under which stochastic gradient
 * descent converges.
 *
 * @throws {RangeError} when `from` or `decay` is negative or not finite.
 * @see Larochelle, Neural networks 2.11. PyTorch has it as `LambdaLR(lambda t: 1 / (1 + decay * t))`.
 * @example
 * inverseTime({ from: 0.1, decay: 0.01 })({ step: 100 }) // => 0.05
 */
export function inverseTime({ from, decay }: InverseTimeOptions): Schedule {
  checkRate("inverseTime()", "from", from);
  checkRate("inverseTime()", "decay", decay);
  return ({ step }) => from / (1 + decay * step);
}
