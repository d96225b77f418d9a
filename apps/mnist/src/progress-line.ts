import { clock } from "./durations.ts";
import { count } from "./numbers.ts";

/** How far a run has come. */
export interface Progress {
  readonly epoch: number;
  readonly epochs: number;
  /** Of the whole run, in [0, 1]. */
  readonly done: number;
  /** Absent until it is known. */
  readonly loss?: number;
  readonly samplesPerSecond?: number;
  readonly secondsLeft?: number;
}

const BAR = 20;

/**
 * "epoch 3/10  ██████░░░░░░░░░░░░░░  28 %  8,214 samples/s  loss 0.2113  0:12 left", shorter than
 * `columns`: the bar goes first, then what is to the right.
 */
export function progressLine(progress: Progress, columns: number): string {
  const { epoch, epochs, done, loss, samplesPerSecond, secondsLeft } = progress;
  const parts = [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    bar(done, BAR),
    `${String(Math.floor(100 * done)).padStart(2)} %`,
    samplesPerSecond === undefined ? "" : `${count(Math.round(samplesPerSecond))} samples/s`,
    loss === undefined ? "" : `loss ${loss.toFixed(4)}`,
    secondsLeft === undefined ? "" : `${clock(secondsLeft)} left`,
  ].filter((part) => part !== "");
  const line = parts.join("  ");
  if (line.length < columns) return line;
  return parts
    .filter((_, i) => i !== 1)
    .join("  ")
    .slice(0, Math.max(0, columns - 1)); // a full line would wrap
}

/** A bar of `width` characters. */
export function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}
