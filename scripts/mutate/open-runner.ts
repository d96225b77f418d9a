import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Answer, Request, Seen } from "./runner.ts";

/** A runner in a process of its own, started when it is first needed. */
export interface Runner {
  /** What a run of tests saw; undefined where it took longer than `limit` milliseconds and was stopped. */
  run(request: Request, limit?: number): Promise<readonly Seen[] | undefined>;
  stop(): void;
}

export function openRunner(folder: string): Runner {
  let child: ChildProcess | undefined;
  const stop = (): void => {
    child?.kill("SIGKILL");
    child = undefined;
  };
  return {
    stop,
    async run(request, limit) {
      try {
        if (!child) {
          child = start(folder);
          await answerOf(child);
        }
        child.send(request);
        const seen = await answerOf(child, limit);
        if (!seen) stop();
        return seen;
      } catch (error) {
        stop();
        throw error;
      }
    },
  };
}

function start(folder: string): ChildProcess {
  return fork(fileURLToPath(new URL("runner.ts", import.meta.url)), {
    cwd: folder,
    env: { ...process.env, CHROMIUM: "", CI: "true" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/** The next answer; undefined where there is none within `limit` milliseconds. */
async function answerOf(
  child: ChildProcess,
  limit = LONGEST,
): Promise<readonly Seen[] | undefined> {
  const over = new AbortController();
  const { signal } = over;
  const answered = once(child, "message", { signal }).then(([answer]: Answer[]) => {
    if (answer && "seen" in answer) return answer.seen;
    throw new Error(answer?.error);
  });
  const ended = once(child, "exit", { signal }).then(([code, killedBy]) => {
    throw new Error(`the runner ended with ${code ?? killedBy}`);
  });
  try {
    return await Promise.race([answered, ended, setTimeout(limit, undefined, { signal })]);
  } finally {
    over.abort();
  }
}

const LONGEST = 2 ** 31 - 1; // what a timer takes
