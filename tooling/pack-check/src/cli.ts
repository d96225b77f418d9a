import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { budgets } from "./budgets.ts";
import { type Checked, checkPackage } from "./check.ts";
import { consumer } from "./consumer.ts";
import { checkDigests } from "./digests.ts";
import { packAll } from "./pack.ts";
import { bundled } from "./size.ts";
import { type Cell, table } from "./table.ts";
import { toolchain } from "./toolchain.ts";

// Packs every package, then installs, runs, type-checks and bundles each as a stranger would, in empty
// folders outside the repository. Prints a table of packages by checks, and fails when one of them does.
//     pnpm exec node tooling/pack-check/src/cli.ts [FOLDER...]     only these of packages/, as last built

const started = performance.now();
const scratch = mkdtempSync(join(tmpdir(), "pack-check-"));
try {
  const tarballs = join(scratch, "tarballs");
  mkdirSync(tarballs);
  const [all, tools] = await Promise.all([packAll(tarballs), toolchain()]);
  const only = process.argv.slice(2);
  const chosen = all.filter(({ folder }) => only.length === 0 || only.includes(basename(folder)));

  const checked = new Map<string, Checked>();
  const waiting = [...chosen];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const folder = join(scratch, basename(next.folder));
      checked.set(next.name, await checkPackage(next, all, tools, folder));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));

  const { folder } = await consumer(
    join(scratch, "everything"),
    all.map(({ name }) => name),
    all,
  );
  const sizes = new Map<string, Map<string, Cell>>();
  const failures = chosen.flatMap(({ name }) => checked.get(name)!.failures);
  for (const packed of chosen) {
    const own = budgets[basename(packed.folder)] ?? [];
    if (own.length === 0)
      failures.push(`${packed.name}: no line in budgets.ts says what it may weigh`);
    for (const { what, code, limit, kernels } of own) {
      const { bytes, hasKernels } = await bundled(code, folder);
      const over = bytes > limit;
      const wrong = kernels !== undefined && kernels !== hasKernels;
      const title = `${basename(packed.folder)}: ${what}`;
      if (over) failures.push(`${title}\n  weighs ${bytes} bytes, but may weigh ${limit}`);
      if (wrong) failures.push(`${title}\n  has ${hasKernels ? "" : "no "}kernels in its bundle`);
      sizes.set(
        title,
        new Map<string, Cell>([
          ["bytes", { state: "ok", text: `${bytes}` }],
          ["at most", { state: "ok", text: `${limit}` }],
          ["", over || wrong ? { state: "failed" } : { state: "ok" }],
        ]),
      );
    }
  }

  const digests = only.length ? undefined : await checkDigests({ folder }, tools);
  if (digests) failures.push(...digests.failures);

  const columns = [...new Set([...checked.values()].flatMap(({ cells }) => [...cells.keys()]))];
  const rows = new Map(chosen.map(({ name }) => [name, checked.get(name)!.cells]));
  console.log(`${table(rows, columns)}\n\n${table(sizes, ["bytes", "at most", ""])}\n`);
  if (digests) {
    const row = new Map([["the same weights after 200 steps", digests.cells]]);
    console.log(`${table(row, [...digests.cells.keys()])}\n`);
  }
  const absent = tools.runtimes.filter(({ program }) => program === undefined);
  if (tools.trouble) failures.push(`the toolchain could not be installed\n${tools.trouble}`);
  else if (absent.length > 0)
    console.log(`Not for this platform: ${absent.map(({ name }) => name).join(", ")}\n`);
  for (const failure of failures) console.log(`FAILED ${failure}\n`);

  const states = [...checked.values(), ...(digests ? [digests] : [])].flatMap(({ cells }) => [
    ...cells.values(),
  ]);
  const skipped = states.filter(({ state }) => state === "skipped").length;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `pack-check: ${states.length + sizes.size - skipped} checks of ${chosen.length} packages in ${seconds} s, ` +
      `${failures.length} failed, ${skipped} left out`,
  );
  if (failures.length > 0) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
