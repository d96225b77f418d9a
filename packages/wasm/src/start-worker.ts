import { worker as source } from "./generated/worker.ts";
import type { Post } from "./worker.ts";

interface NodeWorker {
  postMessage(message: unknown): void;
  on(event: "exit" | "error", listener: () => void): void;
  unref(): void;
  terminate(): unknown;
}

interface Process {
  getBuiltinModule?(
    name: string,
  ): { readonly Worker?: new (source: string, options: object) => NodeWorker } | undefined;
}

/** A worker that has been started. */
export interface Started {
  end(): void;
}

/**
 * Starts a worker; the process does not stay alive for it.
 *
 * @param left Called when it has ended by itself, been ended, or failed, which `failed` tells.
 */
export function startWorker(post: Post, left: (failed: boolean) => void): Started {
  const { process } = globalThis as { readonly process?: Process };
  const Worker = process?.getBuiltinModule?.("node:worker_threads")?.Worker;
  if (Worker) {
    const worker = new Worker(source, { eval: true, execArgv: [] });
    worker.on("error", () => left(true));
    worker.on("exit", () => left(false));
    worker.postMessage(post);
    worker.unref();
    return { end: () => void worker.terminate() };
  }
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new globalThis.Worker(url);
  worker.onerror = (event) => {
    event.preventDefault();
    left(true);
  };
  worker.postMessage(post);
  return { end: () => worker.terminate() };
}
