import type { Network } from "@feedforward/mlp";
import type { Confusion } from "./confusion.ts";

type Labels = NonNullable<Network["labels"]>;

/**
 * The matrix of what each class was taken for, zeros as dots; undefined where it is wider than `columns`.
 *
 * @param emphasise Applied to the diagonal, the right ones.
 */
export function confusionTable(
  { classes, counts }: Confusion,
  labels: Labels,
  columns: number,
  emphasise: (text: string) => string,
): readonly string[] | undefined {
  const widest = Math.max(...labels.map(({ length }) => length));
  const cell = Math.max(widest, String(Math.max(...counts)).length) + 1;
  if (widest + 2 + classes * cell >= columns) return undefined;
  const head = `${" ".repeat(widest + 2)}${labels.map((label) => label.padStart(cell)).join("")}`;
  const body = labels.map((label, actual) => {
    const cells = labels.map((_, predicted) => {
      const times = counts[actual * classes + predicted]!;
      const text = (times === 0 ? "·" : String(times)).padStart(cell);
      return actual === predicted ? emphasise(text) : text;
    });
    return `${label.padStart(widest + 2)}${cells.join("")}`;
  });
  return [head, ...body];
}
