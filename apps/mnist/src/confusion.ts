import { accuracy, type Metric } from "@feedforward/mlp";

/** How often each class was taken for each: `counts[actual * classes + predicted]`. */
export interface Confusion {
  readonly classes: number;
  readonly counts: Int32Array;
}

/** Two classes that are mistaken. */
export interface Mistake {
  readonly actual: number;
  readonly predicted: number;
  readonly times: number;
}

export const confusionOf = (classes: number): Confusion => ({
  classes,
  counts: new Int32Array(classes * classes),
});

/** The metric accuracy, which counts into `confusion` as it goes. */
export function countingAccuracy({ classes, counts }: Confusion): Metric<"accuracy"> {
  return {
    name: "accuracy",
    ofClasses: (a, y, rows, columns) => {
      for (let r = 0; r < rows; r++) {
        const row = a.subarray(r * columns, (r + 1) * columns);
        counts[y[r]! * classes + row.indexOf(Math.max(...row))]!++;
      }
      return accuracy.ofClasses(a, y, rows, columns);
    },
  };
}

/** The right ones and all of them. */
export function totals({ classes, counts }: Confusion): { right: number; all: number } {
  let right = 0;
  for (let c = 0; c < classes; c++) right += counts[c * classes + c]!;
  return { right, all: counts.reduce((sum, count) => sum + count, 0) };
}

/** The most frequent mistakes, at most `most`; of equals the first. */
export function mistakes({ classes, counts }: Confusion, most: number): readonly Mistake[] {
  return Array.from(counts, (times, i): Mistake => {
    return { actual: Math.floor(i / classes), predicted: i % classes, times };
  })
    .filter(({ actual, predicted, times }) => actual !== predicted && times > 0)
    .sort((a, b) => b.times - a.times)
    .slice(0, most);
}
