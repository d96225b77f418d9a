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

const [SHORTEST_BAR, LONGEST_BAR] = [8, 30];

/**
 * "epoch  3/10  █████░░░░░░░░░░░  28 %  8,214 samples/s  loss 0.2113  0:12 left", shorter than
 * `columns`: the bar takes what is left over, and goes first.
 */
export function progressLine(progress: Progress, columns: number): string {
  const text = progressText(progress);
  const room = columns - 1 - text.length - 2; // a full line would wrap
  if (room < SHORTEST_BAR) return text.slice(0, Math.max(0, columns - 1));
  const [first, ...rest] = partsOf(progress);
  return [first, bar(progress.done, Math.min(room, LONGEST_BAR)), ...rest].join("  ");
}

/** The same without the bar. */
export const progressText = (progress: Progress): string => partsOf(progress).join("  ");

function partsOf(progress: Progress): readonly string[] {
  const { epoch, epochs, done, loss, samplesPerSecond, secondsLeft } = progress;
  return [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    `${String(Math.floor(100 * done)).padStart(2)} %`,
    samplesPerSecond === undefined ? "" : `${count(Math.round(samplesPerSecond))} samples/s`,
    loss === undefined ? "" : `loss ${loss.toFixed(4)}`,
    secondsLeft === undefined ? "" : `${clock(secondsLeft)} left`,
  ].filter((part) => part !== "");
}

/** A bar of `width` characters. */
export function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}
