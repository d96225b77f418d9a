import { type Confusion, mistakes, totals } from "./confusion.ts";
import { confusionTable } from "./confusion-table.ts";
import { count, counted, percent } from "./numbers.ts";
import type { Screen } from "./screen.ts";
import { wilsonInterval } from "./wilson-interval.ts";

const PAIRS = 5;

/** "Held-out accuracy 95.70 %: 957 of 1,000, 95 % interval 94.26 to 96.79 %, loss 0.1524" */
export function accuracyLine(testName: string, loss: number, confusion: Confusion): string {
  const { right, all } = totals(confusion);
  const [low, high] = wilsonInterval(right, all).map((p) => (100 * p).toFixed(2));
  const name = testName[0]!.toUpperCase() + testName.slice(1);
  return (
    `${name} accuracy ${percent(right / all)}: ${count(right)} of ${count(all)}, ` +
    `95 % interval ${low} to ${high} %, loss ${loss.toFixed(4)}`
  );
}

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
