import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type Fault, faults } from "./faults.ts";

// Applies each fault of faults.ts, one at a time, to a copy of the repository, and runs the test that
// must turn red. A fault that no test notices is a survivor, and the exit code is 1.
//     pnpm mutate [part of a file's name]

const root = fileURLToPath(new URL("..", import.meta.url));
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

/** A copy of the sources, with links to what is installed. */
function copyTo(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const entry of copied)
    cpSync(join(root, entry), join(folder, entry), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
}

/** Runs the tests that a fault names, in a copy. */
function runTest(folder: string, { project, test }: Fault): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(
      "vitest",
      ["run", "--project", project, "--typecheck.enabled=false", "-t", literally(test)],
      { cwd: folder, env: { ...process.env, CHROMIUM: "", CI: "true" } },
    );
    let output = "";
    const take = (chunk: Buffer): void => {
      output += stripVTControlCharacters(chunk.toString());
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const timer = setTimeout(() => child.kill("SIGKILL"), 120_000); // a fault may loop for ever: noticed too
    child.on("close", (code) => {
      clearTimeout(timer);
      const [, passed, failed] = /^(\d+) passed, (\d+) failed/m.exec(output) ?? [];
      resolve({
        passed: Number(passed ?? 0),
        failed: failed === undefined && code !== 0 ? 1 : Number(failed ?? 0),
        output,
      });
    });
  });
}

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** What is wrong with how a fault was noticed; undefined where its test passes without it and fails with it. */
async function survives(folder: string, fault: Fault): Promise<string | undefined> {
  const path = join(folder, fault.file);
  const source = readFileSync(path, "utf8");
  writeFileSync(
    path,
    source.replace(fault.from, () => fault.to),
  );
  const broken = await runTest(folder, fault);
  writeFileSync(path, source);
  if (broken.failed === 0)
    return broken.passed === 0 ? `no test is named ${fault.test}` : "survives: no test turned red";
  return undefined;
}

const wanted = process.argv[2] ?? "";
const chosen = faults.filter(({ file }) => file.includes(wanted));
const survivors: string[] = [];
let done = 0;
const start = performance.now();

async function work(folder: string, queue: Fault[]): Promise<void> {
  copyTo(folder);
  for (let fault = queue.shift(); fault; fault = queue.shift()) {
    const problem = await survives(folder, fault);
    const line = `${fault.file}: ${fault.from.trim()}  ->  ${fault.to.trim() || "(nothing)"}`;
    if (problem) survivors.push(`${line}\n    ${problem} (${fault.project}: ${fault.test})`);
    console.log(
      `${String(++done).padStart(3)}/${chosen.length} ${problem ? "SURVIVES" : "noticed "} ${line}`,
    );
  }
}

/** The named tests must be green before anything is broken, or red would prove nothing. */
async function expectGreen(folder: string): Promise<void> {
  copyTo(folder);
  const seen = new Set<string>();
  for (const fault of chosen) {
    const key = `${fault.project}: ${fault.test}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { passed, failed, output } = await runTest(folder, fault);
    if (failed || !passed) throw new Error(`${key} is not green without a fault:\n${output}`);
  }
}

await expectGreen(join(cache, "green"));
const queue = [...chosen];
const workers = Math.min(2, availableParallelism());
await Promise.all(Array.from({ length: workers }, (_, i) => work(join(cache, String(i)), queue)));
rmSync(cache, { recursive: true, force: true });
const seconds = Math.round((performance.now() - start) / 1000);
for (const survivor of survivors) console.log(survivor);
console.log(`${chosen.length} faults, ${survivors.length} survivors, ${seconds} s`);
process.exitCode = survivors.length ? 1 : 0;
