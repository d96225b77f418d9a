import { describe, expect, test } from "vitest";
import { canShare } from "../../../packages/wasm/src/threads.ts";
import { digests } from "./digests.ts";
import { answer, type Question } from "./threads-worker.ts";

/** Asks where threads may wait for each other: here, or in a worker where this is a page's window. */
async function ask(...question: Question): Promise<string[]> {
  if (canShare()) return answer(question);
  const worker = new Worker(new URL("./threads-worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(question);
  });
}

describe.each(["fused", "plain"] as const)("wasm %s", (variant) => {
  test.each([2, 3, 8])("computes the same bits on %i threads", async (threads) => {
    expect(await ask("differences", variant, threads)).toEqual([]);
  });

  test.each([2, 3])(
    "computes in any order what the reference does, on %i threads",
    { timeout: 30_000 },
    async (threads) => {
      expect(await ask("disorder", variant, threads)).toEqual([]);
    },
  );

  test.each([1, 2, 3])(
    "200 steps with dropout on %i threads end with the weights that they always end with",
    { timeout: 60_000 },
    async (threads) => {
      expect(await ask("digest", variant, threads)).toEqual([digests[`wasm ${variant}`]]);
    },
  );
});
