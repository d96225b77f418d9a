import { ABSENT, deskAt, isOpen, PRESENT, SLEEPERS, stateOf, TICKET, vigil, work } from "./job.ts";
import { kernelsOver } from "./kernels-over.ts";

// What runs in a worker. scripts/generate.ts bundles it into src/generated/worker.ts.

/** What a worker is told when it starts. */
export interface Post {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The address of the desk. */
  readonly desk: number;
  readonly workers: number;
  /** Which of them this one is. */
  readonly worker: number;
  readonly scratch: number;
}

const IDLE = 1000; // ms

/** Computes chunks until there have been none for a while. */
function serve({ module, memory, desk: at, workers, worker, scratch }: Post): void {
  const kernels = Object.values(kernelsOver(module, memory, workers + 1));
  const desk = deskAt(memory, at, workers);
  const { words } = desk;
  const state = stateOf(worker);
  Atomics.store(words, state, PRESENT);
  Atomics.notify(words, state);
  const wait = vigil();
  for (;;) {
    if (work(desk, kernels, scratch)) wait.begin();
    else if (!wait.goesOn()) {
      const seen = Atomics.load(words, TICKET);
      if (isOpen(words, seen)) continue;
      Atomics.add(words, SLEEPERS, 1);
      const end = Atomics.wait(words, TICKET, seen, IDLE);
      Atomics.sub(words, SLEEPERS, 1);
      if (end === "timed-out") break;
      wait.begin();
    }
  }
  Atomics.store(words, state, ABSENT);
}

interface NodePort {
  once(event: "message", listener: (post: Post) => void): void;
  close?(): void;
}

interface Host {
  readonly process?: {
    getBuiltinModule?(name: string): { readonly parentPort?: NodePort | null } | undefined;
  };
  onmessage?: (event: { readonly data: Post }) => void;
  close(): void;
}

const host = globalThis as unknown as Host;
const port = host.process?.getBuiltinModule?.("node:worker_threads")?.parentPort;
if (port)
  port.once("message", (post) => {
    serve(post);
    if (port.close) port.close();
    else host.close(); // Deno
  });
else
  host.onmessage = ({ data }) => {
    serve(data);
    host.close();
  };
