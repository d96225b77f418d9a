import type { Grain } from "./grain.ts";
import {
  ABSENT,
  DONE,
  deskAt,
  deskBytes,
  type Job,
  MOST_CHUNKS,
  PRESENT,
  publish,
  STARTING,
  stateOf,
  vigil,
  work,
} from "./job.ts";
import type { Split } from "./kernels.ts";
import type { Kernel } from "./kernels-over.ts";
import { pace } from "./pace.ts";
import { ROW, WIDTH } from "./panels.ts";
import { type Started, startWorker } from "./start-worker.ts";

/** This thread and its workers, over one memory. */
export interface Crew {
  /** How many workers are there. */
  present(): number;
  /** Whether a product is worth sharing. */
  takesProduct(m: number, n: number, k: number): boolean;
  /** Computes a product, `operands` as its kernel takes them; each thread has columns, or rows, of its own. */
  shareProduct(kernel: "nt" | "nn" | "tn", operands: readonly number[]): void;
  /** Whether so many elements are worth sharing. */
  takesElements(count: number): boolean;
  /** Computes an element-wise kernel. */
  shareElements(kernel: string, operands: readonly number[], split: Split): void;
}

/** What a crew is made of. */
export interface CrewParts {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly exports: Readonly<Record<string, Kernel>>;
  readonly threads: number;
  /** Where its desk and, behind it, each thread's scratch begin. */
  readonly at: number;
  readonly scratchBytes: number;
  readonly grain: Grain;
  /** For tests: once all workers are there, this thread leaves all chunks to them. */
  readonly idle?: boolean;
}

const PATIENCE = 10; // ms
const MOST_PATIENCE = 150; // times: 1.5 s in which this thread ran, and no chunk was finished
const LINE = 64;

/** Places among the operands of a product: m, n and k, and from one 32 columns to the next. */
const [M, BIAS, SCRATCH, BLOCK] = [6, 9, 10, 12];

/** How the operands of a product change from column to column, of which there are n, or from row to row. */
const products = {
  nt: (o: readonly number[]) => ({ count: M + 1, steps: { 0: 4, 4: o[5]!, 9: o[BIAS] ? 4 : 0 } }),
  nn: (o: readonly number[]) => ({
    count: M + 1,
    steps: { 0: 4, 4: o[BLOCK]! / WIDTH, 9: o[BIAS] ? 4 : 0 },
  }),
  tn: (o: readonly number[]) =>
    o[BLOCK] === ROW
      ? { count: M + 1, steps: { 0: 4, 4: 4 } }
      : { count: M, steps: { 0: o[1]!, 2: 4 } },
};

const upTo = (step: number, x: number): number => Math.ceil(x / step) * step;
const lineUp = (bytes: number): number => upTo(LINE, bytes);

/** How many bytes a crew takes beside its buffers. */
export const crewBytes = (threads: number, scratchBytes: number): number =>
  lineUp(deskBytes(threads - 1)) + threads * lineUp(scratchBytes);

/** Where the scratch of the thread that calls is. */
export const ownScratch = (at: number, threads: number): number =>
  at + lineUp(deskBytes(threads - 1));

/**
 * A crew; its workers start with the first job, and take part once they are there.
 *
 * Without a job for a second a worker ends, and another starts with the next: so a run that is dropped
 * leaves nothing behind.
 */
export function crewOver(parts: CrewParts): Crew {
  const { module, memory, exports, threads, at, scratchBytes, grain, idle = false } = parts;
  const workers = threads - 1;
  const desk = deskAt(memory, at, workers);
  const { words } = desk;
  const kernels = Object.values(exports);
  const numbers = new Map(Object.keys(exports).map((name, i) => [name, i]));
  const scratchOf = (thread: number): number =>
    ownScratch(at, threads) + thread * lineUp(scratchBytes);
  const started: (Started | undefined)[] = [];
  const wait = vigil();
  const tempo = pace();
  let sequence = 0;
  let refused = false; // this host lets no worker start
  let lost = false;

  function start(worker: number): void {
    const state = stateOf(worker);
    Atomics.store(words, state, STARTING);
    try {
      const post = { module, memory, desk: at, workers, worker, scratch: scratchOf(worker + 1) };
      const one = startWorker(post, (failed) => {
        if (started[worker] !== one) return;
        started[worker] = undefined;
        Atomics.store(words, state, ABSENT);
        refused ||= failed;
      });
      started[worker] = one;
    } catch {
      refused = true;
    }
  }

  function startAbsent(): void {
    for (let worker = 0; worker < workers && !refused; worker++)
      if (Atomics.load(words, stateOf(worker)) === ABSENT) start(worker);
  }

  function present(): number {
    let count = 0;
    for (let worker = 0; worker < workers; worker++)
      if (Atomics.load(words, stateOf(worker)) === PRESENT) count++;
    return count;
  }

  function waitFor(chunks: number): void {
    let [last, waits] = [0, 0];
    wait.begin();
    for (;;) {
      const done = Atomics.load(words, DONE);
      if (done === chunks) return;
      if (wait.goesOn()) continue;
      waits = done === last ? waits + 1 : 0;
      if (waits > MOST_PATIENCE) throw loss();
      last = done;
      Atomics.wait(words, DONE, done, PATIENCE);
    }
  }

  function loss(): Error {
    lost = true;
    for (const one of started) one?.end();
    return new Error(
      "a run on wasm() expects its workers to live, but one has stopped in the middle of a kernel: " +
        "start the run again, on wasm({ threads: 1 }) if that happens again",
    );
  }

  /** Runs all chunks of a job; when it returns, they are computed. */
  function share(kernel: string, job: Omit<Job, "kernel">): void {
    if (lost) throw loss();
    sequence = (sequence + 1) & 0xfffff;
    const chunks = publish(desk, sequence, { ...job, kernel: numbers.get(kernel)! });
    if (!idle || present() < workers) while (work(desk, kernels, scratchOf(0)));
    waitFor(chunks);
  }

  /** Runs a job, shared as long as that pays; `multiplications` are what is timed. */
  function run(kernel: string, job: Omit<Job, "kernel">, multiplications = 0): void {
    // While one thread is tried, the others get ready. Where there are no products, nothing is tried.
    if (idle || (multiplications && tempo.mayShare())) startAbsent();
    if (idle) {
      share(kernel, job);
      return;
    }
    const ready = present() === workers;
    const began = performance.now();
    if (tempo.shares()) share(kernel, job);
    else exports[kernel]!(...job.operands);
    if (multiplications && (ready || !tempo.shares()))
      tempo.note(multiplications, performance.now() - began);
  }

  return {
    present,
    takesProduct: (m, n, k) => m * n * k >= grain.multiplications && n >= 2 * grain.columns,
    shareProduct(kernel, operands) {
      const [m, n, k] = operands.slice(M, M + 3) as [number, number, number];
      const { count, steps: some } = products[kernel](operands);
      const steps = operands.map((_, i) => (some as Readonly<Record<number, number>>)[i] ?? 0);
      const unit = upTo(WIDTH, Math.max(operands[count]! / threads, grain.columns)); // each chunk looks for zeros anew
      run(kernel, { operands, steps, count, scratch: SCRATCH, unit }, m * n * k);
    },
    takesElements: (count) => count >= grain.elements,
    shareElements(kernel, operands, { count, steps }) {
      const unit = Math.max(grain.chunk, upTo(16, operands[count]! / MOST_CHUNKS));
      run(kernel, { operands, steps, count, scratch: -1, unit });
    },
  };
}
