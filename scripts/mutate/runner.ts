import { relative } from "node:path";
import { Writable } from "node:stream";
import { createVitest, type TestModule } from "vitest/node";

// Holds one vitest over a copy of the repository, its working directory, so that a fault costs a run of
// the files that matter and no start. Tests run in threads: where this process ends, everything ends.

export interface Request {
  readonly projects: readonly string[];
  /** Sources that were written since the last run. */
  readonly changed?: readonly string[];
  /** The files to run, from the root, and the part of a test's full name to run in them: all unless told. */
  readonly files?: readonly string[];
  readonly test?: string;
}

/** A test, or a file that could not be imported, whose name says why. */
export interface Seen {
  readonly project: string;
  readonly file: string;
  readonly name: string;
  readonly state: "passed" | "failed" | "skipped" | "broken";
}

/** The answer to a request; the first, unasked, says that the runner is ready. */
export type Answer = { readonly seen: readonly Seen[] } | { readonly error: string };

// A test that a busy machine slows down is not red.
const patient = { testTimeout: 100_000 };
const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
const vitest = await createVitest(
  { watch: false, pool: "threads", reporters: [{}], ...patient },
  {},
  { stdout: silent, stderr: silent },
);
const placeOf = (path: string): string => relative(process.cwd(), path).replaceAll("\\", "/");
const specifications = (await vitest.globTestSpecifications()).filter(
  ({ pool }) => pool !== "typescript",
);

function seenIn(module: TestModule): Seen[] {
  const place = { project: module.project.name, file: placeOf(module.moduleId) };
  const broken = module
    .errors()
    .map(({ message }): Seen => ({ ...place, name: message, state: "broken" }));
  const tests = [...module.children.allTests()].map((test): Seen => {
    const { state } = test.result();
    return { ...place, name: test.fullName, state: state === "pending" ? "skipped" : state };
  });
  return [...broken, ...tests];
}

async function run({ projects, changed = [], files, test }: Request): Promise<readonly Seen[]> {
  for (const path of changed) vitest.invalidateFile(path);
  if (test === undefined) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(new RegExp(literally(test)));
  const chosen = specifications.filter(
    ({ project, moduleId }) =>
      projects.includes(project.name) && (files?.includes(placeOf(moduleId)) ?? true),
  );
  const { testModules } = await vitest.runTestSpecifications(chosen);
  for (const path of changed) vitest.invalidateFile(path); // they are put back before the next run
  // vitest's answer holds what earlier runs left, too.
  const ran = new Set(chosen.map(({ project, moduleId }) => `${project.name} ${moduleId}`));
  return testModules
    .filter(({ project, moduleId }) => ran.has(`${project.name} ${moduleId}`))
    .flatMap(seenIn);
}

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const answer = (message: Answer): void => {
  process.send?.(message);
};
process.on("message", (request: Request) => {
  run(request).then(
    (seen) => answer({ seen }),
    (error: Error) => answer({ error: String(error.stack) }),
  );
});
process.on("disconnect", () => process.exit());
process.on("SIGINT", () => {}); // Ctrl-C reaches the whole group: who started this ends it
answer({ seen: [] });
