import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { read } from "./sources.ts";

/** A value that a package exports, as its README lists it. */
export interface Exported {
  readonly name: string;
  /** The file that defines it: `packages/optim/src/adam.ts`. */
  readonly path: string;
  /** The first sentence of its docstring. */
  readonly summary: string;
  /** The text of its docstring, without the stars. */
  readonly docstring: string;
}

/** The values that a package's index exports, in its order; types are left out. */
export function exportsOf(packageName: string): Exported[] {
  const folder = `packages/${packageName}/src`;
  return [
    ...read(`${folder}/index.ts`).matchAll(/^export \{([^}]*)\} from "\.\/(.*)";$/gm),
  ].flatMap(([, names, file]) =>
    names!
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name && !name.startsWith("type "))
      .map((name) => exported(name, `${folder}/${file}`)),
  );
}

function exported(name: string, path: string): Exported {
  const found = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*?)\\*/\\s*export (?:async )?(?:const|function|class) ${name}\\b`,
  ).exec(read(path));
  if (!found)
    throw new Error(`exportsOf() expects a docstring of ${name} in ${path}, but found none`);
  const docstring = found[1]!.replaceAll(/^ *\* ?/gm, "").trim();
  const summary = /^([\s\S]*?\.)(?:\s|$)/.exec(docstring)?.[1] ?? docstring;
  return { name, path, summary: summary.replaceAll(/\s+/g, " "), docstring };
}

/** The size of an import with all that it needs, minified and gzipped, in bytes. */
export async function sizeOf(statement: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: statement, resolveDir: new URL("..", import.meta.url).pathname },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["@feedforward/source"],
    external: ["koffi"], // machine code
    write: false,
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

/** A size as the documents show it: `0.2 kB`. */
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
