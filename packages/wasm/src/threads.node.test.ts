import { execFileSync } from "node:child_process";
import type { Worker } from "node:worker_threads";
import type { FloatArray, Session } from "@feedforward/tensor";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Crew } from "./crew.ts";
import { machineOf } from "./machine.ts";
import { canShare, usualThreads } from "./threads.ts";
import { backendOf, wasm } from "./wasm.ts";

const grain = { floats: 0, multiplications: 0, columns: 8, elements: 1, chunk: 16 };
const N = 64;

let started: Worker[] = [];
const note = (worker: Worker): unknown => started.push(worker);
beforeEach(() => {
  started = [];
  process.on("worker", note);
});
afterEach(async () => {
  process.off("worker", note);
  await Promise.all(started.map((worker) => worker.terminate()));
});

const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url));
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

interface Opened {
  readonly session: Session;
  readonly crew: Crew;
  readonly a: FloatArray;
  readonly c: FloatArray;
}

/** Two threads over A and C, [64, 64] each; the other one is there. */
async function open(idle: boolean): Promise<Opened> {
  let crew: Crew | undefined;
  const opened = (one: Crew): void => {
    crew = one;
  };
  const { session, buffers } = backendOf(machineOf("plain")!, 2, { grain, idle, opened }).open(
    "float32",
    (zeros) => ({ a: zeros(N * N, "float"), c: zeros(N * N, "float") }),
  );
  for (let i = 0; i < N * N; i++) buffers.a[i] = (i * 7) % 11;
  while (crew!.present() === 0) {
    session.nn(buffers.c, buffers.a, buffers.a, N, N, N);
    await soon();
  }
  return { session, crew: crew!, ...buffers };
}

test("without products no worker starts: whether sharing pays is tried on them", async () => {
  const { session, buffers } = backendOf(machineOf("plain")!, 2, { grain }).open(
    "float32",
    (zeros) => ({ a: zeros(N * N, "float"), c: zeros(N * N, "float") }),
  );
  const { a, c } = buffers;
  const relu = Object.assign((..._: unknown[]): void => {}, { kernel: ["relu"] as const });
  for (let i = 0; i < 10; i++) session.call(relu, c, a, N * N);
  await soon();
  expect(started).toHaveLength(0);
  session.nn(c, a, a, N, N, N);
  await soon();
  expect(started).toHaveLength(1);
});

const multiply = ({ session, a, c }: Opened): void => session.nn(c, a, a, N, N, N);

test("this host can share memory among its processors", () => {
  expect(canShare()).toBe(true);
  expect(usualThreads()).toBeGreaterThanOrEqual(1);
});

test.each([1, 2, 4, 8])("a run on up to %i threads takes 2 MB beside its buffers", (threads) => {
  const { session } = wasm({ threads }).open("float32", (zeros) => zeros(10_000_000, "float"));
  expect(session.bytes - 40_000_000).toBeLessThan(2_000_000);
});

test("workers do not keep the process alive", () => {
  const script = `
    const { backendOf } = await import(${url("wasm.ts")});
    const { machineOf } = await import(${url("machine.ts")});
    let crew;
    const opened = (one) => { crew = one; };
    const backend = backendOf(machineOf("plain"), 2, { grain: ${JSON.stringify(grain)}, opened });
    const { session, buffers: c } = backend.open("float32", (zeros) => zeros(4096, "float"));
    while (!crew.present()) {
      session.nn(c, c, c, 64, 64, 64);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    process.on("exit", () => console.log("workers at the end:", crew.present()));`;
  const options = ["--conditions=@feedforward/source", "--input-type=module", "-e", script];
  expect(execFileSync(process.execPath, options, { encoding: "utf8" })).toBe(
    "workers at the end: 1\n",
  );
});

test("a worker that has had nothing to do for a second ends, and another starts with the next job", async () => {
  const opened = await open(true);
  await new Promise((resolve) => started[0]!.once("exit", resolve));
  expect(opened.crew.present()).toBe(0);
  const wanted = opened.c.slice();
  opened.c.fill(0);
  multiply(opened);
  expect(opened.c).toEqual(wanted);
  await soon();
  expect(started).toHaveLength(2);
});

test("a worker that is killed between two jobs is replaced", async () => {
  const opened = await open(false);
  const wanted = opened.c.slice();
  await started[0]!.terminate();
  opened.c.fill(0);
  multiply(opened);
  expect(opened.c).toEqual(wanted);
  await soon();
  expect(started).toHaveLength(2);
});

test("a worker that dies in the middle of a job is an error, not a hang", async () => {
  const opened = await open(true);
  started[0]!.on("error", () => {}); // it reads outside of its memory
  const beyond = Object.assign((..._: unknown[]): void => {}, { kernel: ["relu"] as const });
  const die = (): void => opened.session.call(beyond, opened.c, opened.a, 1e8);
  expect(die).toThrowErrorMatchingInlineSnapshot(
    `[Error: a run on wasm() expects its workers to live, but one has stopped in the middle of a kernel: start the run again, on wasm({ threads: 1 }) if that happens again]`,
  );
  expect(() => multiply(opened)).toThrow("start the run again");
});

test("killed at any moment, a worker leaves the right result or an error", async () => {
  for (let time = 0; time < 5; time++) {
    const opened = await open(false);
    const wanted = opened.c.slice();
    const worker = started.at(-1)!;
    for (let job = 0; job < 300; job++) {
      opened.c.fill(0);
      if (job === 40 * time + 20) worker.terminate();
      try {
        multiply(opened);
      } catch (error) {
        expect(String(error)).toContain("start the run again");
        break;
      }
      expect(opened.c).toEqual(wanted);
    }
  }
});

test("where no worker may start, this thread computes alone", async () => {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = ((name: string) => {
    if (name !== "node:worker_threads") return getBuiltinModule.call(process, name);
    return {
      Worker: class {
        constructor() {
          throw new Error("ERR_ACCESS_DENIED");
        }
      },
    };
  }) as typeof process.getBuiltinModule;
  try {
    const { session, buffers } = backendOf(machineOf("plain")!, 3, { grain }).open(
      "float32",
      (zeros) => ({ a: zeros(N * N, "float").fill(1), c: zeros(N * N, "float") }),
    );
    session.nn(buffers.c, buffers.a.fill(1), buffers.a, N, N, N);
    expect(new Set(buffers.c)).toEqual(new Set([N]));
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});
