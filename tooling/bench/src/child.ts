import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Ask, Reply, Request } from "./protocol.ts";

/** How a system's process is started. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A system's process. */
export interface Child {
  readonly ask: Ask;
  /** Ends the process at once. */
  stop(): void;
}

// What would choose another kernel, or another number of threads, than the run says.
const steering = /^(OPENBLAS|GOTO|OMP|GOMP|KMP|MKL|BLIS|NVPL|VECLIB|ATEN)_|^NODE_OPTIONS$/;
const LONGEST_ANSWER = 15 * 60_000; // ms

/** The environment without what steers a BLAS or its threads. */
export const plainEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !steering.test(name)));

/** Starts a system's process; it lives until it is stopped or this one ends. */
export function start({ file, args, env = {} }: Command): Child {
  // A group of its own: Ctrl-C reaches this process alone, which then ends the others in order.
  const child = spawn(file, args, {
    env: { ...plainEnvironment(process.env), ...env },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  let complaint = "";
  let waiting: { resolve(reply: object): void; reject(error: Error): void } | undefined;
  const fail = (why: string): void => {
    waiting?.reject(new Error(why));
    waiting = undefined;
  };
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  child.on("error", ({ message }) => fail(message));
  child.on("close", (code, signal) => fail(lastWord(complaint) ?? `ended (${signal ?? code})`));
  child.stdin.on("error", () => {}); // the process has ended: "close" says so
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith("{")) return;
    const reply = JSON.parse(line) as { error?: string };
    if (reply.error !== undefined) return fail(reply.error);
    waiting?.resolve(reply);
    waiting = undefined;
  });

  const ask = async <R extends Request>(request: R): Promise<Reply<R>> => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(lastWord(complaint) ?? "ended");
    const timer = setTimeout(() => fail(`no answer to ${request.op}`), LONGEST_ANSWER);
    try {
      return await new Promise<Reply<R>>((resolve, reject) => {
        waiting = { resolve: resolve as (reply: object) => void, reject };
        child.stdin.write(`${JSON.stringify(request)}\n`);
      });
    } finally {
      clearTimeout(timer);
    }
  };
  return { ask, stop: () => void child.kill("SIGKILL") };
}

/** What a process said last: its last line about an error, if there is one. */
function lastWord(complaint: string): string | undefined {
  const lines = complaint.trim().split("\n");
  return lines.findLast((line) => /^\w*Error\b/.test(line)) ?? (lines.at(-1) || undefined);
}
