import { elapsed } from "./durations.ts";
import { percent, rate } from "./numbers.ts";

/** One epoch, as history.json keeps it. */
export interface Epoch {
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly validation?: { readonly loss: number; readonly accuracy: number };
  /** Of the last step. */
  readonly learningRate: number;
  readonly samplesPerSecond: number;
  readonly seconds: number;
  /** Whether it is the best so far, with --patience. */
  readonly best?: boolean;
}

const row = (cells: readonly string[]): string =>
  cells.map((cell, i) => cell.padStart(WIDTHS[i]!)).join("");
const WIDTHS = [5, 11, 11, 13, 11, 11, 9];

/** The two lines above the epochs. */
export const epochHeader: readonly string[] = [
  row(["", "training", "", "validation", "", "learning"]),
  row(["epoch", "loss", "accuracy", "loss", "accuracy", "rate", "time"]),
];

/** The line of an epoch. */
export function epochRow(epoch: Epoch): string {
  const { validation } = epoch;
  return row([
    String(epoch.epoch),
    epoch.loss.toFixed(4),
    percent(epoch.accuracy),
    validation ? validation.loss.toFixed(4) : "-",
    validation ? percent(validation.accuracy) : "-",
    rate(epoch.learningRate),
    elapsed(epoch.seconds),
  ]);
}
