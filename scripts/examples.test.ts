import { existsSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { format } from "node:util";
import { parseAst } from "vite";
import { describe, expect, test } from "vitest";
import { docstringExamples, documentExamples, type Example, packages, read } from "./sources.ts";

// Runs every example of every docstring and README. At the top level of an example,
//     expression // => expression    is checked, numbers to six digits,
//     console.log(...); // text      is checked to print the text.
// Names that an example does not import come from the packages' exports.

type Module = Readonly<Record<string, unknown>>;
const modules = new Map<string, Module>();
for (const name of packages)
  modules.set(`@feedforward/${name}`, (await import(`../packages/${name}/src/index.ts`)) as Module);
const scope = Object.assign({}, ...modules.values()) as Module;
modules.set("@feedforward/mlp/core", await import("../packages/mlp/src/core.ts"));
modules.set(
  "@feedforward/tensor/conformance",
  await import("../packages/tensor/src/conformance.ts"),
);

const load = (specifier: string): Promise<Module> =>
  Promise.resolve(modules.get(specifier) ?? import(/* @vite-ignore */ specifier));

/** The example as the body of an async function, with its imports and its checks made calls. */
export function bodyOf(example: string): { readonly body: string; readonly checks: number } {
  const ended = example.replaceAll(/([^;\s])( +\/\/ => )/g, "$1;$2"); // no line goes on with [ or (
  let js = stripTypeScriptTypes(`${ended}\nexport {};`);
  const ast = parseAst(js) as unknown as {
    body: { type: string; start: number; end: number; source?: { value: string } }[];
  };
  let checks = 0;
  for (const node of ast.body.toReversed()) {
    const statement = js.slice(node.start, node.end);
    let replaced = statement;
    if (node.type === "ExportNamedDeclaration")
      replaced = ""; // what made it a module
    else if (node.type === "ImportDeclaration") {
      const names = /\{([^}]*)\}/.exec(statement)?.[1]?.replaceAll(/ as /g, ": ") ?? "";
      replaced = `const {${names}} = await imported(${JSON.stringify(node.source!.value)});`;
    } else if (node.type === "ExpressionStatement") {
      const comment = /^[^\S\n]*\/\/ (.*)$/m.exec(js.slice(node.end).split("\n", 1)[0]!)?.[1];
      const expression = statement.replace(/;$/, "");
      const printed = /^console\.log\(([\s\S]*)\)$/.exec(expression)?.[1];
      if (comment?.startsWith("=> ")) replaced = `checked(${expression}, ${comment.slice(3)});`;
      else if (comment !== undefined && printed !== undefined)
        replaced = `printed([${printed}], ${JSON.stringify(comment)});`;
    }
    if (/^(checked|printed)\(/.test(replaced)) checks++;
    js = js.slice(0, node.start) + replaced + js.slice(node.end);
  }
  return { body: js, checks };
}

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<void>;

/** The numbers of a value, and what is left without them. */
function digits(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.map(digits);
  if (value instanceof Float32Array) return ["Float32Array", ...Array.from(value, digits)];
  if (value instanceof Float64Array) return ["Float64Array", ...Array.from(value, digits)];
  if (value && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, digits(entry)]));
  return value;
}

async function run({ text }: Example): Promise<void> {
  const { body } = bodyOf(text);
  const given = {
    ...scope,
    imported: load,
    checked: (actual: unknown, expected: unknown) =>
      expect(digits(actual)).toEqual(digits(expected)),
    printed: (args: unknown[], expected: string) => expect(format(...args)).toBe(expected),
    console: { log: () => {}, table: () => {}, error: () => {} },
  };
  // A block, so that what the example declares or imports hides what is given.
  await new AsyncFunction(...Object.keys(given), `"use strict"; { ${body}\n}`)(
    ...Object.values(given),
  );
}

/** Whether a package's examples are left out: those of blas need one. */
const leftOut = (name: string): boolean => {
  if (name !== "blas") return false;
  try {
    (modules.get("@feedforward/blas") as { blas(): unknown }).blas();
    return false;
  } catch {
    return true;
  }
};

describe.each(packages)("%s", (name) => {
  const examples = docstringExamples(name);
  test.skipIf(leftOut(name)).each(examples.map((example) => [example.place, example] as const))(
    "%s holds",
    async (_place, example) => run(example),
  );

  test("every exported value has a docstring with an example", () => {
    const index = read(`packages/${name}/src/index.ts`);
    for (const exported of Object.keys(modules.get(`@feedforward/${name}`)!)) {
      const file = new RegExp(`\\{[^}]*\\b${exported}\\b[^}]*\\} from "\\./(.*)"`).exec(index)?.[1];
      const docstring = new RegExp(
        `/\\*\\*((?:(?!\\*/)[\\s\\S])*?)\\*/\\s*export (?:async )?(?:const|function|class) ${exported}\\b`,
      ).exec(read(`packages/${name}/src/${file}`))?.[1];
      expect(docstring, exported).toContain("@example");
    }
  });
});

const documents = [
  ...packages.map((name) => [`packages/${name}/README.md`, name] as const),
  ["README.md", ""] as const,
].filter(([path]) => existsSync(new URL(`../${path}`, import.meta.url)));
const blocks = documents.flatMap(([path, name]) => documentExamples(path, name));

describe.each(blocks)("$place", (example) => {
  test.skipIf(leftOut(example.package))("holds", () => run(example));
});

test("a wrong result fails, and so does a wrong print", async () => {
  const example = (text: string): Example => ({ place: "", package: "", text });
  await expect(run(example("1 + 1 // => 3"))).rejects.toThrow();
  await expect(run(example('console.log("a", 1); // a 2'))).rejects.toThrow();
  await run(
    example(
      "const a: number = 1 / 3;\na // => 0.333333\nconsole.log(a > 0, [a > 0]); // true [ true ]",
    ),
  );
});
