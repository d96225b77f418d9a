import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Replies, Request } from "./protocol.ts";

// A system for the tests of the harness: it trains nothing and makes up its seconds.

/** What it says to a request: `secondsPerStep` for each step, and a loss that falls with the steps. */
export function fakeReply(
  request: Request,
  state: { steps: number },
  { secondsPerStep = 0.01, loss = 1 }: { secondsPerStep?: number; loss?: number } = {},
): Replies[Request["op"]] {
  switch (request.op) {
    case "load":
      return { dataSeconds: 0.001, about: { library: "fake 1.0.0", threads: "1" } };
    case "prepare":
      return {};
    case "steps":
      state.steps += request.steps;
      return { seconds: request.steps * secondsPerStep };
    case "loss":
      return { loss: loss / (1 + state.steps) };
    case "predict":
      return { seconds: (request.calls * request.rows * secondsPerStep) / 1000 };
    case "memory":
      return { data: 1_000_000, peak: 3_000_000 };
    case "profile": {
      const seconds = request.steps * secondsPerStep;
      const product = { calls: request.steps, operations: 1e6 * request.steps, bytes: 4 };
      return {
        steps: request.steps,
        seconds,
        parts: [{ name: "nt 2 3 4", seconds: seconds / 2, ...product }],
        peak: { operations: 1e9, bytes: 1e9 },
      };
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  const [secondsPerStep, loss] = process.argv.slice(2, 4).map(Number);
  const journal = process.argv[4]; // a file for what it is asked
  const state = { steps: 0 };
  console.log("a library's greeting is no reply");
  createInterface({ input: process.stdin }).on("line", (line) => {
    const request = JSON.parse(line) as Request;
    if (journal) appendFileSync(journal, `${line}\n`);
    if (request.op === "steps" && Number.isNaN(secondsPerStep)) {
      console.error("Segmentation fault");
      process.exit(139);
    }
    const options = {
      ...(secondsPerStep && { secondsPerStep }),
      ...(loss && { loss }),
    };
    console.log(JSON.stringify(fakeReply(request, state, options)));
  });
}
