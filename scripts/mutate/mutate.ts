import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Fault } from "../faults/fault.ts";
import { faults } from "../faults/index.ts";
import { openRunner, type Runner } from "./open-runner.ts";
import type { Seen } from "./runner.ts";

// Applies each fault of scripts/faults, one at a time, to a copy of the repository, and runs the test
// that must turn red. A fault that it does not notice is a survivor, and the exit code is 1.
//     pnpm mutate [part of a file's name]

const root = fileURLToPath(new URL("../..", import.meta.url));
const cache = join(root, "node_modules/.cache/mutate");
const copied = [
  "packages",
  "tooling",
  "apps",
  "scripts",
  "package.json",
  "tsconfig.base.json",
  "vitest.config.ts",
];
const LONGEST = 120_000; // ms: a fault may make a test loop for ever

/** A copy of the sources, with links to what is installed. */
function copyTo(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const entry of copied)
    cpSync(join(root, entry), join(folder, entry), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

/** The tests that a fault names. */
const namedBy = ({ project, test }: Fault, tests: readonly Seen[]): readonly Seen[] =>
  tests.filter((seen) => seen.project === project && seen.name.includes(test));

/** What packages/wasm compiles or bundles; it has to be made anew for a fault to be there. */
const COMPILED = /^packages\/wasm\/(assembly\/|src\/(job|kernels-over|worker)\.ts)/;
const generatedIn = (folder: string): readonly string[] =>
  ["kernels", "worker"].map((name) => join(folder, `packages/wasm/src/generated/${name}.ts`));

async function compile(folder: string, needed: boolean): Promise<void> {
  if (needed)
    await promisify(execFile)(process.execPath, [
      join(root, "packages/wasm/scripts/generate.ts"),
      join(folder, "packages/wasm"),
    ]);
}

/** How a fault escaped; undefined where a named test, which passes without it, turned red. */
async function escapeOf(
  folder: string,
  runner: Runner,
  fault: Fault,
  tests: readonly Seen[],
): Promise<string | undefined> {
  const files = [...new Set(namedBy(fault, tests).map(({ file }) => file))];
  if (files.length === 0) return "no test is named so";
  const path = join(folder, fault.file);
  const changed = [path, ...(COMPILED.test(fault.file) ? generatedIn(folder) : [])];
  const sources = changed.map((file) => [file, readFileSync(file, "utf8")] as const);
  writeFileSync(
    path,
    sources[0]![1].replace(fault.from, () => fault.to),
  );
  const request = { projects: [fault.project], changed, files, test: fault.test };
  const seen = await compile(folder, changed.length > 1)
    .then(() => runner.run(request, LONGEST))
    .catch(String);
  for (const [file, source] of sources) writeFileSync(file, source);
  if (typeof seen === "string") return `no test ran: ${seen}`;
  if (!seen) return `no test turned red in ${LONGEST / 1000} s: the run was stopped`;
  if (namedBy(fault, seen).some(({ state }) => state === "failed")) return undefined;
  const broken = seen.find(({ state }) => state === "broken");
  return broken ? `no test ran: ${broken.file} fails with ${broken.name}` : "no test turned red";
}

const chosen = faults.filter(({ file }) => file.includes(process.argv[2] ?? ""));
const folders = Array.from({ length: Math.min(2, availableParallelism()) }, (_, i) =>
  join(cache, String(i)),
);
const runners = folders.map(openRunner);
process.on("exit", () => {
  for (const runner of runners) runner.stop();
  rmSync(cache, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(130));

const start = performance.now();
const secondsSince = (time: number): string => ((performance.now() - time) / 1000).toFixed(1);
rmSync(cache, { recursive: true, force: true });
folders.forEach(copyTo);

// A test must be green before anything is broken, or red would prove nothing.
const projects = [...new Set(chosen.map(({ project }) => project))];
const tests = (await runners[0]!.run({ projects }))!;
const red = chosen
  .flatMap((fault) => namedBy(fault, tests))
  .filter(({ state }) => state !== "passed")
  .map(({ project, name }) => `${project}: ${name}`);
if (red.length) throw new Error(`Not green without a fault:\n${[...new Set(red)].join("\n")}`);
console.log(`${tests.length} tests seen without a fault in ${secondsSince(start)} s`);

const inALine = (text: string): string => text.trim().replaceAll(/\s+/g, " ");
const survivors: string[] = [];
let done = 0;
const queue = [...chosen];
async function work(folder: string, runner: Runner): Promise<void> {
  for (let fault = queue.shift(); fault; fault = queue.shift()) {
    const began = performance.now();
    const problem = await escapeOf(folder, runner, fault, tests);
    const line = `${fault.file}: ${inALine(fault.from)}  ->  ${inALine(fault.to) || "(nothing)"}`;
    if (problem) survivors.push(`${line}\n    ${problem} (${fault.project}: ${fault.test})`);
    const count = `${String(++done).padStart(3)}/${chosen.length}`;
    console.log(`${count} ${problem ? "SURVIVES" : "noticed "} ${secondsSince(began)} s  ${line}`);
  }
}
await Promise.all(folders.map((folder, i) => work(folder, runners[i]!)));
for (const survivor of survivors) console.log(survivor);
console.log(`${chosen.length} faults, ${survivors.length} survivors, ${secondsSince(start)} s`);
process.exit(survivors.length ? 1 : 0);
