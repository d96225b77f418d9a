import type { Series, WorkloadRecord } from "./record.ts";
import { pairedRatios, type Spread, spread } from "./statistics.ts";

/** Whether there is anything to tell of. */
export const timed = <S extends Series>(series: S | undefined): series is S =>
  (series?.seconds.length ?? 0) > 0;

/** Of each slice; of each call, where calls are counted. */
export const secondsPerStep = ({ count, seconds }: Series): number[] =>
  seconds.map((s) => s / count);

/** Steps or samples a second. */
export function rates({ unit, batch }: WorkloadRecord, series: Series): Spread {
  const perStep = unit === "steps" ? 1 : batch;
  return spread(secondsPerStep(series).map((s) => perStep / s));
}

/** How many times as fast as another, round for round; a prediction of fewer rows counts for less. */
export function ratioTo(
  all: Readonly<Record<string, Series & { readonly rows?: number }>>,
  id: string,
  against: string,
): Spread | undefined {
  const [mine, theirs] = [all[id], all[against]];
  if (!timed(mine) || !timed(theirs)) return undefined;
  const each = ({ rows = 1, ...series }: Series & { readonly rows?: number }): number[] =>
    secondsPerStep(series).map((s) => s / rows);
  return spread(pairedRatios(each(mine), each(theirs)));
}
