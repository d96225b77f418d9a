import { expect, test } from "vitest";
import { confusionTable } from "./confusion-table.ts";

const confusion = { classes: 3, counts: Int32Array.of(50, 2, 0, 0, 107, 2, 4, 0, 6) };
const plain = (text: string): string => text;

test("rows are what it is, columns what it was taken for, and the diagonal is emphasised", () => {
  const table = confusionTable(confusion, ["0", "1", "2"], 80, (text) => `${text}*`);
  expect(`\n${table?.join("\n")}`).toMatchInlineSnapshot(`
    "
          0   1   2
      0  50*   2   ·
      1   · 107*   2
      2   4   ·   6*"
  `);
});

test("a table that does not fit is none", () => {
  const labels = ["coat", "shirt", "bag"];
  const width = Math.max(
    ...(confusionTable(confusion, labels, 80, plain) ?? []).map((l) => l.length),
  );
  expect(confusionTable(confusion, labels, width + 1, plain)).toBeDefined();
  expect(confusionTable(confusion, labels, width, plain)).toBeUndefined();
});
