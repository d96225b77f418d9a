import { expect, test } from "vitest";
import { documents } from "./documents.ts";
import { formulas, placesOf } from "./formulas.ts";
import { read } from "./sources.ts";

test.each(formulas)("slide %s: %s stands once in the margin of the code", (_slide, formula) => {
  expect(placesOf(formula)).toHaveLength(1);
});

// gzip differs a little between machines: sizes agree to 0.2 kB.
const sizes = (text: string): number[] =>
  [...text.matchAll(/([\d.]+) kB/g)].map(([, size]) => Number(size));
const withoutSizes = (text: string): string => text.replaceAll(/[\d.]+ kB/g, "kB");

test.each([...(await documents())])("%s is as the code makes it: pnpm documents", (path, text) => {
  expect(withoutSizes(read(path))).toBe(withoutSizes(text));
  const made = sizes(text);
  for (const [i, size] of sizes(read(path)).entries())
    expect(Math.abs(size - made[i]!)).toBeLessThanOrEqual(0.2);
});
