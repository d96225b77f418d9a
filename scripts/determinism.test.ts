import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// Engines differ in the last bit of these functions, so nothing that reaches the weights calls them,
// except definitions (a literal power of 2 is exact): activations, losses, and the log-sum-exp they share.
const forbidden =
  /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|sinh|cosh|tanh)\b|(?<!\b2 )\*\*/;
const definitions = [
  /^packages\/activations\/src\//,
  /^packages\/losses\/src\//,
  /^packages\/tensor\/src\/(log-sum-exp|softmax|log-softmax)\.ts$/,
];

const root = new URL("..", import.meta.url);
const sources = readdirSync(new URL("packages", root)).flatMap((name) =>
  readdirSync(new URL(`packages/${name}/src`, root), { recursive: true })
    .map((file) => `packages/${name}/src/${String(file).replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(path)),
);

/** The code of a file without its comments. */
const code = (path: string): string =>
  readFileSync(new URL(path, root), "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "");

test("nothing outside the definitions calls a function whose last bit engines disagree about", () => {
  const found = sources
    .filter((path) => !definitions.some((pattern) => pattern.test(path)))
    .filter((path) => forbidden.test(code(path)));
  expect(found).toEqual([]);
});
