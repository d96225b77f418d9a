import { cpSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Consumer, runIn } from "./consumer.ts";
import { repository } from "./repository.ts";
import type { Cell } from "./table.ts";
import type { Toolchain } from "./toolchain.ts";

const files = ["digest.ts", "digests.ts", "digest-check.ts"];

/** Whether training ends with the same bits in every runtime: one cell for each, and what went wrong. */
export const checkDigests = async (
  project: Consumer,
  { runtimes }: Toolchain,
): Promise<{ readonly cells: ReadonlyMap<string, Cell>; readonly failures: readonly string[] }> => {
  for (const file of files)
    cpSync(join(repository, "tooling/conformance/src", file), join(project.folder, file));
  const script = join(project.folder, "digest-check.mjs");
  await build({
    entryPoints: [join(project.folder, "digest-check.ts")],
    outfile: script,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  });
  const cells = new Map<string, Cell>();
  const failures: string[] = [];
  for (const runtime of runtimes) {
    if (!runtime.program) {
      cells.set(runtime.name, { state: "skipped" });
      continue;
    }
    const printed = await runIn(project, runtime, script).catch(String);
    const lines = printed.trim().split("\n");
    const right = lines.length >= 3 && lines.every((line) => line.endsWith(": right"));
    cells.set(runtime.name, { state: right ? "ok" : "failed" });
    if (!right) failures.push(`digest of the weights: ${runtime.name}\n${printed}`);
  }
  return { cells, failures };
};
