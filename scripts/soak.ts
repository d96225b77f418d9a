import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import type { SoakResult } from "./soak-section.ts";

// Runs what takes longer than `npm test` has time for, part after part, and keeps the result with its
// date for the README (`pnpm documents` puts it there).
//     pnpm soak [a part's name]: that part alone, and no result is kept

interface Part {
  readonly name: string;
  readonly what: string;
  readonly command: readonly string[];
  /** The line of the output that says how it went. */
  readonly result: RegExp;
}

/** Runs the tests in files whose paths have one of `patterns`, in Node, in their long version. */
const tests = (name: string, patterns: readonly string[], what: string): Part => ({
  name,
  what,
  command: ["vitest", "run", "--typecheck.enabled=false", ...patterns],
  result: /^\d+ passed, \d+ failed, \d+ skipped$/gm,
});

const parts: readonly Part[] = [
  tests(
    "fuzz",
    ["fuzz.test.ts", "fuzz.node.test.ts"],
    "10,000 mutated files of each kind (IDX, .gz, safetensors by bytes and by content, PNG by bytes, chunks and rows): refused or true",
  ),
  tests(
    "memory",
    ["flat-memory.soak.test.ts"],
    "flat resident memory, reference backend: 10,000 steps of 784-128-10, 1,000 short runs made and dropped",
  ),
  tests(
    "wasm",
    ["wasm.soak.test.ts"],
    "the kernels: flat resident memory over 100,000 steps of 784-128-10 and 1,000 short runs; a run on threads aborted at 200 steps; a worker killed at 20",
  ),
  {
    name: "exact",
    what: "exp, log, tanh, the logistic function, elu and softplus of all 2^32 floats, fused and plain: at most 2 units in the last place",
    command: ["node", "packages/wasm/scripts/worst-error.ts"],
    result: /^\d+ inputs of each function: at most .* units$/gm,
  },
  {
    name: "mutate",
    what: "`pnpm mutate`: faults put into the code, and how many no test notices",
    command: ["node", "scripts/mutate/mutate.ts"],
    result: /^\d+ faults, \d+ survivors/gm,
  },
];

interface Outcome {
  readonly output: string;
  readonly passed: boolean;
}

function run([command = "", ...args]: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      env: { ...process.env, ...(command === "vitest" && { SOAK: "1" }), CHROMIUM: "" },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        process.stdout.write(chunk);
        output += stripVTControlCharacters(chunk.toString());
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ output, passed: code === 0 }));
  });
}

const secondsSince = (start: number): number => Math.round((performance.now() - start) / 1000);

const [wanted] = process.argv.slice(2);
const chosen = parts.filter(({ name }) => wanted === undefined || name === wanted);
if (!chosen.length)
  throw new RangeError(
    `soak expects one of ${parts.map(({ name }) => name).join(", ")}, but got ${wanted}`,
  );

const start = performance.now();
const done: SoakResult["parts"][number][] = [];
for (const { what, command, result } of chosen) {
  const begin = performance.now();
  const { output, passed } = await run(command);
  const said = output.match(result)?.at(-1) ?? "no result";
  done.push({ what, result: said, passed, seconds: secondsSince(begin) });
}
const summary: SoakResult = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version.slice(1),
  seconds: secondsSince(start),
  parts: done,
};
console.log();
for (const { what, result, passed, seconds } of done)
  console.log(`${passed ? "passed" : "FAILED"} ${result} (${seconds} s): ${what}`);
console.log(`soak: ${summary.date}, Node ${summary.node}, ${summary.seconds} s`);
if (wanted === undefined)
  writeFileSync(
    new URL("soak-result.json", import.meta.url),
    `${JSON.stringify(summary, undefined, 2)}\n`,
  );
process.exitCode = done.every(({ passed }) => passed) ? 0 : 1;
