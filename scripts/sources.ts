import { readdirSync, readFileSync } from "node:fs";

/** A piece of TypeScript that a docstring or a README shows. */
export interface Example {
  /** `packages/optim/src/adam.ts:30`: where it begins. */
  readonly place: string;
  /** The package it belongs to. */
  readonly package: string;
  readonly text: string;
}

const root = new URL("..", import.meta.url);

/** The packages that are published, by folder. */
export const packages: readonly string[] = readdirSync(new URL("packages", root)).sort();

/** The sources of a package, tests left out, as paths from the root. */
export const sourcesOf = (name: string): string[] =>
  readdirSync(new URL(`packages/${name}/src`, root), { recursive: true })
    .map((file) => `packages/${name}/src/${String(file).replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(path))
    .sort();

export const read = (path: string): string => readFileSync(new URL(path, root), "utf8");

const place = (path: string, text: string, index: number): string =>
  `${path}:${text.slice(0, index).split("\n").length}`;

/** The `@example` of every docstring of a package. */
export const docstringExamples = (name: string): Example[] =>
  sourcesOf(name).flatMap((path) => {
    const text = read(path);
    return [...text.matchAll(/^( *)\* @example\n((?:\1\*(?! @)(?!\/).*\n)+)/gm)].map((found) => ({
      place: place(path, text, found.index),
      package: name,
      text: found[2]!.replaceAll(/^ *\* ?/gm, ""),
    }));
  });

/** The TypeScript blocks of a document. */
export const documentExamples = (path: string, name: string): Example[] => {
  const text = read(path);
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((found) => ({
    place: place(path, text, found.index),
    package: name,
    text: found[1]!,
  }));
};
