import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleWithEsbuild, bundleWithVite } from "./bundle.ts";
import { checkTypes, consumer, runIn, write } from "./consumer.ts";
import { lintPackage, lintTypes, wrongFiles, wrongManifest } from "./contents.ts";
import { entryPoints, type Packed } from "./pack.ts";
import { readmeExample } from "./readme-example.ts";
import { differentNumbers } from "./same-numbers.ts";
import { native } from "./size.ts";
import type { Cell } from "./table.ts";
import type { Toolchain } from "./toolchain.ts";

export interface Checked {
  readonly cells: ReadonlyMap<string, Cell>;
  /** The output of what failed, each with a heading. */
  readonly failures: readonly string[];
}

/** What an example says that needs more than the machine has; it is left out then. */
const LACKS = /expects a fast BLAS on this machine/;

const refuse = (lines: readonly string[]): void => {
  if (lines.length > 0) throw new Error(lines.join("\n"));
};

/** Does with one packed package what its readers will do, each check whatever became of the others. */
export const checkPackage = async (
  packed: Packed,
  all: readonly Packed[],
  { runtimes, compilers }: Toolchain,
  scratch: string,
): Promise<Checked> => {
  const cells = new Map<string, Cell>();
  const failures: string[] = [];

  /** One check; what it needs of an earlier one that failed is undefined, and then it is left out. */
  const check = async <T>(column: string, work: () => Promise<T> | T): Promise<T | undefined> => {
    try {
      const result = await work();
      cells.set(column, { state: "ok" });
      return result;
    } catch (error) {
      cells.set(column, { state: "failed" });
      const text = error instanceof Error ? error.message : String(error);
      failures.push(`${packed.name}: ${column}\n${text.replace(/^/gm, "  ")}`);
      return undefined;
    }
  };
  const leaveOut = (...columns: readonly string[]): void => {
    for (const column of columns) cells.set(column, { state: "skipped" });
  };

  await check("contents", () =>
    refuse([...wrongFiles(packed.files), ...wrongManifest(packed.manifest)]),
  );
  await check("publint", () => lintPackage(packed));
  await check("attw", () => lintTypes(packed));

  const [oldest, newest] = runtimes;
  const alone = await check("alone", async () => {
    const project = await consumer(join(scratch, "alone"), [packed.name], all);
    const code = entryPoints(packed)
      .map((specifier, i) => `import * as part${i} from "${specifier}";\nconsole.log(part${i});\n`)
      .join("");
    const { source, script } = await write(project, "alone", code);
    for (const runtime of [oldest, newest])
      if (runtime?.program) await runIn(project, runtime, script);
    for (const compiler of [compilers[0], compilers.at(-1)])
      if (compiler?.tsc) await checkTypes(project, compiler, [source], { node: false });
    return project;
  });

  const example = await check("install", async () => {
    const { install, code } = readmeExample(
      packed.name,
      readFileSync(join(packed.folder, "README.md"), "utf8"),
    );
    const project =
      alone && install.length === 1
        ? alone
        : await consumer(join(scratch, "example"), install, all);
    return { project, code, ...(await write(project, "example", code)) };
  });
  const later = [...runtimes, ...compilers, { name: "esbuild" }, { name: "vite" }];
  if (!example) {
    leaveOut(...later.map(({ name }) => name));
    return { cells, failures };
  }
  const { project, code, source, script } = example;

  // What the newest Node prints is what all others must print.
  let lacks = false;
  const expected =
    newest?.program &&
    (await check(newest.name, () =>
      runIn(project, newest, script).catch((error: Error) => {
        lacks = LACKS.test(error.message);
        if (!lacks) throw error;
        return undefined;
      }),
    ));
  if (lacks) leaveOut(newest!.name);
  const agree = (printed: string): void => {
    const difference = expected !== undefined && differentNumbers(expected, printed);
    if (difference) refuse([difference, `--- expected\n${expected}`, `--- printed\n${printed}`]);
  };
  for (const runtime of runtimes)
    if (!runtime.program || (lacks && runtime !== newest)) leaveOut(runtime.name);
    else if (runtime !== newest)
      await check(runtime.name, async () => agree(await runIn(project, runtime, script)));

  const usesNode = /"node:/.test(code);
  for (const compiler of compilers)
    if (!compiler.tsc) leaveOut(compiler.name);
    else
      await check(compiler.name, () => checkTypes(project, compiler, [source], { node: usesNode }));

  if (native.some((name) => name in (packed.manifest.dependencies ?? {}))) {
    leaveOut("esbuild", "vite");
    return { cells, failures };
  }
  // Away from every node_modules folder, so that a bundle which is not whole cannot run.
  const bundles = join(scratch, "bundles");
  mkdirSync(bundles, { recursive: true });
  for (const [name, bundle] of [
    ["esbuild", bundleWithEsbuild],
    ["vite", bundleWithVite],
  ] as const)
    await check(name, async () => {
      const file = await bundle(source, bundles);
      if (newest?.program) agree(await runIn(project, newest, file));
    });
  return { cells, failures };
};
