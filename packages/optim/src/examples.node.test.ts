import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as optim from "./index.ts";

// Runs the @example of every docstring: each line that ends in `// => value` is checked.
const folder = new URL(".", import.meta.url);
const examples = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file))
  .flatMap((file) => {
    const source = readFileSync(new URL(file, folder), "utf8");
    return [...source.matchAll(/@example\n((?: \* .*\n)+)/g)].map(
      ([, lines]) => [file, lines!.replace(/^ \* /gm, "")] as const,
    );
  });

const run = (body: string, check: (actual: unknown, expected: unknown) => void): void =>
  new Function("check", ...Object.keys(optim), body)(check, ...Object.values(optim));

test("every function that is exported has an example", () => {
  expect(examples.length).toBe(Object.keys(optim).length);
});

test.each(examples)("the example of %s holds", (_file, example) => {
  expect(example).toMatch("// => ");
  run(example.replace(/^(.*) \/\/ => (.*)$/gm, "check($1, $2);"), (actual, expected) => {
    if (typeof expected === "number") expect(actual).toBeCloseTo(expected, 12);
    else if (expected instanceof Float64Array)
      expect([...(actual as Float64Array)].map((x) => x.toFixed(6))).toEqual(
        [...expected].map((x) => x.toFixed(6)),
      );
    else expect(actual).toEqual(expected);
  });
});

test("the README's first example prints what it says", () => {
  const [, block] = /```ts\n([\s\S]*?)```/.exec(
    readFileSync(new URL("../README.md", folder), "utf8"),
  )!;
  let checked = 0;
  run(
    block!
      .replace(/^import .*$/m, "")
      .replace(/^console\.log\((.*)\); \/\/ (.*)$/m, "check($1, $2);"),
    (actual, expected) => {
      checked++;
      expect(actual).toEqual(expected);
    },
  );
  expect(checked).toBe(1);
});
