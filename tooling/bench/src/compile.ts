import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";

// The library by its own name: the link that a linker looks for comes with Debian's libopenblas-dev alone.
const flags = ["-O3", "-march=native", "-fno-math-errno"];
const libraries = ["-l:libopenblas.so.0", "-lm"];

/** Where the program of a C file is once it is compiled. */
export const programOf = (source: string, folder: string): string =>
  join(folder, basename(source, ".c"));

/** Compiles a C file against OpenBLAS into `folder`; returns why that failed, if so. */
export function compile(source: string, folder: string, compiler = "cc"): string | undefined {
  mkdirSync(folder, { recursive: true });
  const args = [...flags, "-o", programOf(source, folder), source, ...libraries];
  const { status, error, stderr } = spawnSync(compiler, args, { encoding: "utf8" });
  if (error) return `no C compiler: ${compiler} does not start`;
  if (status === 0) return undefined;
  return `${compiler}: ${stderr.trim().split("\n").at(-1)}`;
}
