import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { command } from "./command.ts";
import { type Packed, withDependencies } from "./pack.ts";
import type { Compiler, Runtime } from "./toolchain.ts";

/** The types of Node's own modules, for examples that import one. */
const nodeTypes = fileURLToPath(new URL("../node_modules/@types", import.meta.url));

/** A stranger's project: an empty folder outside the repository, with some packages installed by npm. */
export interface Consumer {
  readonly folder: string;
}

/**
 * Makes a folder and installs the named packages' tarballs, with those that they depend on and nothing else.
 * npm stays offline unless a package needs one from elsewhere.
 */
export const consumer = async (
  folder: string,
  names: readonly string[],
  all: readonly Packed[],
): Promise<Consumer> => {
  mkdirSync(folder, { recursive: true });
  const manifest = { name: "consumer", private: true, type: "module" };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const installed = withDependencies(names, all);
  const alone = installed.every(({ manifest: { dependencies = {} } }) =>
    Object.keys(dependencies).every((name) => installed.some((packed) => packed.name === name)),
  );
  const tarballs = installed.map(({ tarball }) => tarball);
  await command(
    "npm",
    [
      ...["install", "--ignore-scripts", "--no-audit", "--no-fund"],
      ...[alone ? "--offline" : "--prefer-offline", ...tarballs],
    ],
    { cwd: folder },
  );
  return { folder };
};

/** Writes a TypeScript file into the folder, and the same without its types beside it. */
export const write = async (
  { folder }: Consumer,
  name: string,
  code: string,
): Promise<{ readonly source: string; readonly script: string }> => {
  const { code: javascript } = await transform(code, {
    loader: "ts",
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  const [source, script] = [join(folder, `${name}.ts`), join(folder, `${name}.mjs`)];
  writeFileSync(source, code);
  writeFileSync(script, javascript);
  return { source, script };
};

/** Runs a file of the folder and gives what it printed. */
export const runIn = (
  { folder }: Consumer,
  { program, args }: Runtime,
  script: string,
): Promise<string> =>
  command(program, [...args, script], {
    cwd: folder,
    env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1", NODE_OPTIONS: "" },
  });

/** Type-checks files of the folder, and every declaration that they reach, as strictly as `"strict"` is. */
export const checkTypes = async (
  { folder }: Consumer,
  { tsc, name }: Compiler,
  sources: readonly string[],
  { node }: { readonly node: boolean },
): Promise<void> => {
  const types = join(folder, "node_modules/@types");
  if (node && !existsSync(types)) symlinkSync(nodeTypes, types);
  const project = join(folder, `tsconfig.${name.replaceAll(" ", "-")}.json`);
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    module: "NodeNext",
    strict: true,
    skipLibCheck: false,
    types: node ? ["node"] : [],
    noEmit: true,
  };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: sources }));
  await command(process.execPath, [tsc, "-p", project, "--pretty", "false"], { cwd: folder });
};
