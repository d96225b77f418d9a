import type { Kernel } from "./kernels-over.ts";

// A job is one kernel over a range of units (columns of a product, or elements), cut into chunks that
// threads claim one by one. It lies in the run's own memory, where all threads see it:
//     TICKET   the job's number, and the chunk to be claimed next
//     LIMIT    the job's number, and how many chunks it has
//     DONE     how many chunks have been computed
//     SLEEPERS how many workers wait for a ticket
//     STATES   of each worker
// A claim is an addition to TICKET. It holds if LIMIT is of the same job and has such a chunk; a job with
// a claim that is not done cannot end, so what is read after a claim is that job's. Each word has a
// cache line of its own.

const WORDS_OF_LINE = 16;
export const TICKET = 0;
const LIMIT = WORDS_OF_LINE;
export const DONE: number = 2 * WORDS_OF_LINE;
export const SLEEPERS: number = 3 * WORDS_OF_LINE;

/** Where the state of a worker is. */
export const stateOf = (worker: number): number => (4 + worker) * WORDS_OF_LINE;
export const ABSENT = 0;
export const STARTING = 1;
export const PRESENT = 2;

const CHUNK_BITS = 12;
const CHUNK = (1 << CHUNK_BITS) - 1;
/** A job has fewer chunks than this; there is room for a claim too many of each worker. */
export const MOST_CHUNKS = 2048;

const MOST_OPERANDS = 16;
const ARGUMENTS = 5; // behind the kernel's number, the units, those of a chunk, and two places
const STEPS = ARGUMENTS + MOST_OPERANDS;

/**
 * Tells whether to go on looking, or to fall asleep: after a few milliseconds.
 *
 * To wake a thread takes up to a quarter of a millisecond, as long as many a job; what a step computes on one thread
 * between two jobs takes about a millisecond.
 */
export interface Vigil {
  /** The wait begins. */
  begin(): void;
  goesOn(): boolean;
}

const AWAKE = 3; // ms
const LOOKS = 1000; // at a word, between two at the clock

export function vigil(): Vigil {
  let [looks, since] = [0, 0];
  return {
    begin() {
      looks = 0;
    },
    goesOn() {
      if (++looks % LOOKS !== 0) return true;
      const now = performance.now();
      if (looks === LOOKS) since = now;
      return now - since < AWAKE;
    },
  };
}

/** A kernel and its operands, and how they change from one unit to the next. */
export interface Job {
  /** The kernel's place among the exports. */
  readonly kernel: number;
  readonly operands: readonly number[];
  /** What is added to each operand for each unit. */
  readonly steps: readonly number[];
  /** Which operand is the number of units. */
  readonly count: number;
  /** Which operand is the address of the thread's scratch; -1 if none is. */
  readonly scratch: number;
  /** Units of a chunk. */
  readonly unit: number;
}

/** The words and numbers of a job in the memory that threads share. */
export interface Desk {
  readonly words: Int32Array;
  readonly numbers: Float64Array;
}

/** How many bytes a desk takes. */
export const deskBytes = (workers: number): number =>
  4 * stateOf(workers) + 8 * (STEPS + MOST_OPERANDS);

export const deskAt = (memory: WebAssembly.Memory, address: number, workers: number): Desk => ({
  words: new Int32Array(memory.buffer, address, stateOf(workers)),
  numbers: new Float64Array(memory.buffer, address + 4 * stateOf(workers), STEPS + MOST_OPERANDS),
});

/** Opens a job for claims; gives how many chunks it has. */
export function publish({ words, numbers }: Desk, sequence: number, job: Job): number {
  const { operands, steps, kernel, count, scratch, unit } = job;
  const units = operands[count]!;
  const chunks = Math.ceil(units / unit);
  numbers.set([kernel, units, unit, count, scratch]);
  numbers.set(operands, ARGUMENTS);
  numbers.set(steps, STEPS);
  Atomics.store(words, DONE, 0);
  Atomics.store(words, LIMIT, (sequence << CHUNK_BITS) | chunks);
  Atomics.store(words, TICKET, sequence << CHUNK_BITS);
  if (Atomics.load(words, SLEEPERS) > 0) Atomics.notify(words, TICKET);
  return chunks;
}

/** Whether the chunk of a ticket is there to be computed. */
export function isOpen(words: Int32Array, ticket: number): boolean {
  const limit = Atomics.load(words, LIMIT);
  return ticket >> CHUNK_BITS === limit >> CHUNK_BITS && (ticket & CHUNK) < (limit & CHUNK);
}

/** Claims a chunk and computes it; false where there is none. */
export function work(
  { words, numbers }: Desk,
  kernels: readonly Kernel[],
  ownScratch: number,
): boolean {
  if (!isOpen(words, Atomics.load(words, TICKET))) return false;
  const ticket = Atomics.add(words, TICKET, 1);
  if (!isOpen(words, ticket)) return false;
  const run = kernels[numbers[0]!]!;
  const [units, unit, count, scratch] = [numbers[1]!, numbers[2]!, numbers[3]!, numbers[4]!];
  const from = (ticket & CHUNK) * unit;
  const operands: number[] = [];
  for (let i = 0; i < run.length; i++)
    operands.push(numbers[ARGUMENTS + i]! + from * numbers[STEPS + i]!);
  operands[count] = Math.min(unit, units - from);
  if (scratch >= 0) operands[scratch] = ownScratch;
  run(...operands);
  const chunks = Atomics.load(words, LIMIT) & CHUNK;
  if (Atomics.add(words, DONE, 1) + 1 === chunks) Atomics.notify(words, DONE);
  return true;
}
