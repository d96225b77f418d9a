import type { EarlyStopping, Report } from "./train-options.ts";

/** What early stopping has seen. */
export interface Watch {
  best: number;
  /** Epochs in a row without a better one. */
  waited: number;
}

export const watchOf = (): Watch => ({ best: Number.POSITIVE_INFINITY, waited: 0 });

/** Whether this epoch is the best so far; the watch is brought up to date. */
export function isBest<Name extends string>(
  watch: Watch,
  { minDelta = 0, monitor = validationLoss }: EarlyStopping<Name>,
  report: Report<Name>,
): boolean {
  const value = monitor(report);
  const better = value < watch.best - minDelta;
  if (better) watch.best = value;
  watch.waited = better ? 0 : watch.waited + 1;
  return better;
}

const validationLoss = (report: Report): number => report.validation?.loss ?? Number.NaN;

/** Throws unless early stopping can be followed. */
export function expectEarlyStopping(
  { patience, minDelta = 0, monitor }: EarlyStopping,
  validation: boolean,
): void {
  if (!Number.isInteger(patience) || patience < 1)
    throw new RangeError(
      `train() expects earlyStopping.patience to be a whole number above 0, but it is ${patience}`,
    );
  if (!(minDelta >= 0 && minDelta < Number.POSITIVE_INFINITY))
    throw new RangeError(
      `train() expects earlyStopping.minDelta to be finite and at least 0, but it is ${minDelta}`,
    );
  if (!monitor && !validation)
    throw new TypeError(
      "train() expects validation with earlyStopping, but validation is undefined: " +
        "pass validation examples, or earlyStopping.monitor",
    );
}
