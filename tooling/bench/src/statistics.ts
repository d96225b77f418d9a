/** The q-quantile of numbers in any order, by linear interpolation between the two nearest (numpy's default). */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  const above = sorted[Math.ceil(at)]!;
  return below + (at - Math.floor(at)) * (above - below);
}

/** The middle value, or the mean of the two in the middle. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Where a set of numbers lies: its median, and the tenth and ninetieth hundredth as its spread. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The spread of numbers in any order. */
export const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  low: quantile(values, 0.1),
  high: quantile(values, 0.9),
  count: values.length,
});

/**
 * How many times faster `seconds` is than `base`, round for round.
 *
 * Both were measured in the same rounds, a moment apart, so that what slows the machine down for a
 * while slows both. A run that was broken off may have one round more of the first than of the last.
 */
export function pairedRatios(seconds: readonly number[], base: readonly number[]): number[] {
  const rounds = Math.min(seconds.length, base.length);
  return Array.from({ length: rounds }, (_, round) => base[round]! / seconds[round]!);
}
