import fc from "fast-check";
import { expect, test } from "vitest";
import { wrapped } from "./wrapped.ts";

test("parts go on below each other", () => {
  expect(wrapped("Data  ", ["one", "two", "three"], 16)).toEqual([
    "Data  one, two,",
    "      three",
  ]);
  expect(wrapped("Data  ", ["one", "two", "three"], 80)).toEqual(["Data  one, two, three"]);
  expect(wrapped("Data  ", ["one"], 1)).toEqual(["Data  one"]);
});

test("no part is lost, and no line is too long where its parts are short", () => {
  const part = fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom("a", "b") });
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1 }),
      fc.integer({ min: 20, max: 60 }),
      (parts, columns) => {
        const lines = wrapped("Data  ", parts, columns);
        for (const line of lines) expect(line.length).toBeLessThan(columns);
        expect(lines.join(" ").replace("Data", "").replace(/ +/g, " ").trim()).toBe(
          parts.join(", "),
        );
      },
    ),
  );
});
