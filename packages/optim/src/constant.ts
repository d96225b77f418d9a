import { checkRate } from "./check.ts";
import type { Schedule } from "./schedule.ts";

/**
 * The same rate at every step: α(t) = α.
 *
 * @param rate The learning rate, at least 0.
 * @throws {RangeError} when `rate` is negative or not finite.
 * @see Larochelle, Neural networks 2.11.
 * @example
 * constant(0.1)({ step: 1000 }) // => 0.1
 */
export function constant(rate: number): Schedule {
  checkRate("constant()", "rate", rate);
  return () => rate;
}
