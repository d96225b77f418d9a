import { type Confusion, mistakes, totals } from "./confusion.ts";
import { confusionTable } from "./confusion-table.ts";
import { count, counted, percent } from "./numbers.ts";
import type { Screen } from "./screen.ts";
import { wilsonInterval } from "./wilson-interval.ts";

const PAIRS = 5;

/** "Held-out accuracy 95.70 %, 95 % interval 94.26 to 96.79 % (957 of 1,000)" */
export function accuracyLine(testName: string, confusion: Confusion): string {
  const { right, all } = totals(confusion);
  const [low, high] = wilsonInterval(right, all).map((p) => (100 * p).toFixed(2));
  return (
    `${capitalised(testName)} accuracy ${percent(right / all)}, ` +
    `95 % interval ${low} to ${high} % (${count(right)} of ${count(all)})`
  );
}

/** "Held-out loss 0.1524" */
export const lossLine = (testName: string, loss: number): string =>
  `${capitalised(testName)} loss ${loss.toFixed(4)}`;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The confusion matrix and the most frequent mistakes. */
export function mistakeLines(
  confusion: Confusion,
  labels: readonly string[],
  screen: Pick<Screen, "columns" | "bold">,
): readonly string[] {
  const table = confusionTable(confusion, labels, screen.columns(), screen.bold);
  const pairs = mistakes(confusion, PAIRS).map(
    ({ actual, predicted, times }) =>
      `${labels[actual]} taken for ${labels[predicted]} (${counted(times, "time")})`,
  );
  return [
    ...(table ? ["Each row is a class, each column what it was taken for:", ...table, ""] : []),
    ...(pairs.length ? ["Most confused:", ...pairs.map((pair) => `  ${pair}`)] : ["No mistakes."]),
  ];
}
