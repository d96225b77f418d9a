import { mkdirSync, writeFileSync } from "node:fs";
import type { Activation } from "../packages/activations/src/index.ts";
import { exportsOf, kilobytes, sizeOf } from "./exports.ts";
import { formulas, placesOf } from "./formulas.ts";
import { lifeOfAStep } from "./life-of-a-step.ts";
import { plot } from "./plot.ts";
import { soak } from "./soak-section.ts";
import { packages, read } from "./sources.ts";
import { worstErrorTable } from "./worst-error-table.ts";

// Writes the sections of the documents that are made from the code:
//     <!-- begin: NAME --> ... <!-- end: NAME -->
// `pnpm documents` brings them up to date; a test fails when they are not.

/** One line of the mathematics to the file and line that does it. */
function slides(): string {
  const rows = formulas.map(([slide, formula]) => {
    const [path, line] = placesOf(formula)[0]?.split(":") ?? [];
    return `| ${slide} | \`${formula}\` | [${path?.replace(/^packages\/(.*?)\/src\//, "$1: ")}](${path}#L${line}) |`;
  });
  return ["| slide | formula | file and line |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The first table of BENCHMARKS.md. */
const benchTable = (): string =>
  /## Training\n[^|]*((?:\|.*\n)+)/.exec(read("BENCHMARKS.md"))![1]!.trim();

const exportSize = async (packageName: string, name: string): Promise<string> =>
  kilobytes(await sizeOf(`export { ${name} } from "./packages/${packageName}/src/index.ts";`));

/** What a package exports: a line of its docstring, and the size of importing it alone. */
async function exportsTable(name: string): Promise<string> {
  const rows = await Promise.all(
    exportsOf(name).map(
      async ({ name: exported, summary }) =>
        `| \`${exported}\` | ${summary.replaceAll("|", "\\|")} | ${await exportSize(name, exported)} |`,
    ),
  );
  return ["| export | what | alone, min + gzip |", "| --- | --- | ---: |", ...rows].join("\n");
}

const activations = new Map<string, Activation | (() => Activation)>(
  Object.entries(await import("../packages/activations/src/index.ts")),
);
const activationRows = exportsOf("activations").map(({ name, path }) => {
  const exported = activations.get(name)!;
  const activation = typeof exported === "function" ? exported() : exported;
  const options = /export interface \w+ \{[^}]*?readonly (\w+)\?/.exec(read(path))?.[1];
  const margin = (f: string): string =>
    read(path).match(new RegExp(`// ${f}\\(a\\) = (.*)$`, "m"))![1]!;
  return { name, activation, options, g: margin("g"), dg: margin("g'") };
});

/** The slide on activations and their derivatives. */
async function activationTable(): Promise<string> {
  const end = (x: number): string => (Number.isFinite(x) ? String(x) : x > 0 ? "∞" : "-∞");
  const rows = activationRows.map(async ({ name, activation, options, g, dg }) => {
    const { g: f, range, gain } = activation;
    const call = options ? `${name}({ ${options} = ${f.kernel![1]} })` : name;
    return [
      `\`${call}\``,
      g,
      dg,
      range.map(end).join(" to "),
      Number(gain.toFixed(4)),
      await exportSize("activations", name),
      `![${name}](plots/${name}.svg)`,
    ].join(" | ");
  });
  return [
    "| name | g(a) | g'(a) | range | gain | alone, min + gzip | g solid, g' dashed |",
    "| --- | --- | --- | --- | --- | ---: | --- |",
    ...(await Promise.all(rows)).map((row) => `| ${row} |`),
  ].join("\n");
}

type Maker = () => string | Promise<string>;
const sections: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  "README.md": { bench: benchTable, soak },
  "ARCHITECTURE.md": { slides, "life of a step": lifeOfAStep },
  ...Object.fromEntries(
    packages.map((name) => [`packages/${name}/README.md`, { exports: () => exportsTable(name) }]),
  ),
  "packages/activations/README.md": { activations: activationTable },
  "packages/wasm/README.md": {
    exports: () => exportsTable("wasm"),
    "worst errors": worstErrorTable,
  },
};

/** The documents that have sections made from the code, and the plots, as they should be. */
export async function documents(): Promise<Map<string, string>> {
  const made = new Map<string, string>();
  for (const [path, makers] of Object.entries(sections)) {
    let text = read(path);
    for (const [name, make] of Object.entries(makers)) {
      const [begin, end] = [`<!-- begin: ${name} -->`, `<!-- end: ${name} -->`];
      if (!text.includes(begin) || !text.includes(end))
        throw new Error(`documents() expects ${begin} and ${end} in ${path}, but one is missing`);
      const before = text.slice(0, text.indexOf(begin) + begin.length);
      text = `${before}\n${await make()}\n${text.slice(text.indexOf(end))}`;
    }
    made.set(path, text);
  }
  for (const { name, activation } of activationRows) {
    const { g, dg } = activation;
    made.set(
      `packages/activations/plots/${name}.svg`,
      plot(name, g, (a) => dg(a, g(a))),
    );
  }
  return made;
}

if (import.meta.main)
  for (const [path, text] of await documents()) {
    const file = new URL(`../${path}`, import.meta.url);
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(file, text);
  }
