import { writeFileSync } from "node:fs";
import { exportsOf, kilobytes, sizeOf } from "./exports.ts";
import { formulas, placesOf } from "./formulas.ts";
import { packages, read } from "./sources.ts";

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

/** What a package exports: a line of its docstring, and the size of importing it alone. */
async function exportsTable(name: string): Promise<string> {
  const rows = await Promise.all(
    exportsOf(name).map(async ({ name: exported, summary }) => {
      const size = await sizeOf(`export { ${exported} } from "./packages/${name}/src/index.ts";`);
      return `| \`${exported}\` | ${summary.replaceAll("|", "\\|")} | ${kilobytes(size)} |`;
    }),
  );
  return ["| export | what | alone, min + gzip |", "| --- | --- | ---: |", ...rows].join("\n");
}

type Maker = () => string | Promise<string>;
const sections: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  "ARCHITECTURE.md": { slides },
  ...Object.fromEntries(
    packages.map((name) => [`packages/${name}/README.md`, { exports: () => exportsTable(name) }]),
  ),
};

/** The documents that have sections made from the code, as they should be. */
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
  return made;
}

if (import.meta.main)
  for (const [path, text] of await documents())
    if (text !== read(path)) {
      writeFileSync(new URL(`../${path}`, import.meta.url), text);
      console.log(`${path} written`);
    }
