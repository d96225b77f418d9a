import type { Worker } from "node:worker_threads";

// A reader that loops for ever on some file would stop the whole run without a word. In Node, a thread
// sees to it that every file is done within `limit`; else it prints the file and ends the process.
// It asserts nothing about time: the limit is thousands of times what a file takes.

const LIMIT = 60_000; // ms
const LONGEST = 1 << 20; // bytes of a file that are printed

const source = `
const { workerData: { shared, limit } } = require("node:worker_threads");
const state = new Int32Array(shared, 0, 2); // the number of the file, odd while it is read; its length
for (;;) {
  const number = Atomics.load(state, 0);
  if (Atomics.wait(state, 0, number, number % 2 ? limit : Infinity) !== "timed-out") continue;
  const bytes = Buffer.from(shared, 8, Math.min(state[1], shared.byteLength - 8));
  require("node:fs").writeSync(2, "still reading after " + limit + " ms: " + bytes.toString("hex") + "\\n");
  process.kill(process.pid, "SIGKILL");
}`;

let shared: SharedArrayBuffer | undefined;

function start(limit: number): SharedArrayBuffer | undefined {
  const node = globalThis.process as NodeJS.Process | undefined;
  if (!node?.getBuiltinModule) return undefined; // a browser
  const { Worker } = node.getBuiltinModule("node:worker_threads");
  shared = new SharedArrayBuffer(8 + LONGEST);
  const options = { eval: true, execArgv: [], workerData: { shared, limit } };
  const worker: Worker = new Worker(source, options);
  worker.unref();
  return shared;
}

/** Says that a file is being read, until the function that it returns is called. */
export function watch(bytes: Uint8Array, limit: number = LIMIT): () => void {
  const memory = shared ?? start(limit);
  if (!memory) return () => undefined;
  const state = new Int32Array(memory, 0, 2);
  const beat = (): void => {
    Atomics.add(state, 0, 1);
    Atomics.notify(state, 0);
  };
  state[1] = bytes.length;
  new Uint8Array(memory, 8).set(bytes.subarray(0, LONGEST));
  beat();
  return beat;
}
