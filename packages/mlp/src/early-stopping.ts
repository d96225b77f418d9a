import type { FloatArray } from "@feedforward/tensor";
import type { Network } from "./network.ts";
import type { EarlyStopping, Report } from "./train-options.ts";
import { arraysOf, copy } from "./weights.ts";

/** What early stopping looks for, and what it has seen. */
export interface Watch<Name extends string> {
  readonly patience: number;
  readonly minDelta: number;
  readonly monitor: (report: Report<Name>) => number;
  /** The least value so far; Infinity before there is one. */
  best: number;
  /** Epochs in a row that were not better. */
  waited: number;
  /** The weights of the best epoch; undefined where they are not to be restored. */
  readonly weights: readonly FloatArray[] | undefined;
}

/** A watch that has seen nothing. */
export const watchOf = <Name extends string>(
  net: Network,
  { patience, minDelta = 0, monitor = validationLoss, restoreBest = true }: EarlyStopping<Name>,
): Watch<Name> => ({
  patience,
  minDelta,
  monitor,
  best: Number.POSITIVE_INFINITY,
  waited: 0,
  weights: restoreBest ? arraysOf(net).map((array) => array.slice()) : undefined,
});

/** Whether this epoch, whose weights `net` holds, is the best so far; brings the watch up to date. */
export function isBest<Name extends string>(
  watch: Watch<Name>,
  net: Network,
  report: Report<Name>,
): boolean {
  const value = watch.monitor(report);
  const better = value < watch.best - watch.minDelta;
  watch.waited = better ? 0 : watch.waited + 1;
  if (better) {
    watch.best = value;
    if (watch.weights) copy(watch.weights, arraysOf(net));
  }
  return better;
}

/** Gives the network the weights of its best epoch, where there are any; returns whether there were. */
export function restoreBest<Name extends string>(
  { weights, best }: Watch<Name>,
  net: Network,
): boolean {
  if (!weights || best === Number.POSITIVE_INFINITY) return false;
  copy(arraysOf(net), weights);
  return true;
}

const validationLoss = (report: Report): number => report.validation?.loss ?? Number.NaN;

/** Throws unless early stopping can be followed. */
export function expectEarlyStopping<Name extends string>(
  { patience, minDelta = 0, monitor }: EarlyStopping<Name>,
  validation: boolean,
): void {
  if (!Number.isInteger(patience) || patience < 1)
    throw new RangeError(
      "train() expects earlyStopping.patience to be a whole number above 0, " +
        `but earlyStopping.patience is ${patience}`,
    );
  if (!(minDelta >= 0 && minDelta < Number.POSITIVE_INFINITY))
    throw new RangeError(
      "train() expects earlyStopping.minDelta to be finite and at least 0, " +
        `but earlyStopping.minDelta is ${minDelta}`,
    );
  if (!monitor && !validation)
    throw new TypeError(
      "train() expects validation with earlyStopping, but validation is undefined: " +
        "pass validation examples, or earlyStopping.monitor",
    );
}
