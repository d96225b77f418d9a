import { expect, test } from "vitest";
import { accuracyLine, lossLine, mistakeLines } from "./evaluation-report.ts";

const confusion = { classes: 3, counts: Int32Array.of(50, 2, 0, 0, 107, 1, 4, 0, 6) };
const screen = { columns: () => 80, bold: (text: string) => text };

test("the accuracy comes with its interval, and fits in 80 columns", () => {
  expect(accuracyLine("held-out", confusion)).toMatchInlineSnapshot(
    `"Held-out accuracy 95.88 %, 95 % interval 91.75 to 97.99 % (163 of 170)"`,
  );
  const large = { classes: 2, counts: Int32Array.of(9000, 1000, 0, 0) };
  expect(accuracyLine("held-out", large).length).toBeLessThan(80);
  expect(lossLine("test", 0.15241)).toBe("Test loss 0.1524");
});

test("mistakes are a table, and the most frequent ones in words", () => {
  const lines = mistakeLines(confusion, ["0", "1", "2"], screen);
  expect(`\n${lines.join("\n")}`).toMatchInlineSnapshot(`
    "
    Each row is a class, each column what it was taken for:
          0   1   2
      0  50   2   ·
      1   · 107   1
      2   4   ·   6

    Most confused:
      2 taken for 0 (4 times)
      0 taken for 1 (2 times)
      1 taken for 2 (1 time)"
  `);
});

test("without mistakes it says so, and where a table does not fit it is left out", () => {
  const right = { classes: 2, counts: Int32Array.of(3, 0, 0, 4) };
  expect(mistakeLines(right, ["a", "b"], { ...screen, columns: () => 5 })).toEqual([
    "No mistakes.",
  ]);
});
