import type { FloatArray } from "@feedforward/tensor";
import { percent } from "./numbers.ts";
import { bar } from "./progress-line.ts";

const BAR = 20;

/** The picture as the network sees it, and beside it a bar for the probability of each class. */
export function predictionLines(
  probabilities: FloatArray,
  labels: readonly string[],
  picture: readonly string[],
): readonly string[] {
  const width = Math.max(...picture.map(({ length }) => length));
  const widest = Math.max(...labels.map(({ length }) => length));
  const bars = labels.map((label, c) => {
    const p = probabilities[c] ?? 0;
    return `${label.padStart(widest)} ${bar(p, BAR)} ${percent(p).padStart(8)}`;
  });
  const lines = Math.max(picture.length, bars.length);
  const above = Math.floor((lines - bars.length) / 2);
  return Array.from({ length: lines }, (_, i) =>
    `${(picture[i] ?? "").padEnd(width)}  ${bars[i - above] ?? ""}`.trimEnd(),
  );
}
