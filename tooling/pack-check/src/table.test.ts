import { expect, test } from "vitest";
import { table } from "./table.ts";

test("table() lines up its columns", () => {
  expect(
    `\n${table(
      new Map([
        [
          "first",
          new Map([
            ["one", { state: "ok" }],
            ["two", { state: "failed" }],
          ] as const),
        ],
        [
          "second one",
          new Map([
            ["one", { state: "ok", text: "175" }],
            ["two", { state: "skipped" }],
          ] as const),
        ],
        ["third", new Map()],
      ]),
      ["one", "two"],
    )}`,
  ).toMatchInlineSnapshot(`
    "
                one  two
    first       ok   FAILED
    second one  175  -
    third"
  `);
});
