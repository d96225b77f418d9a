import { describe, expect, test } from "vitest";
import { canShare } from "../../../packages/wasm/src/threads.ts";
import { differences } from "./threaded.ts";
import type { Question } from "./threads-worker.ts";

/** Asks where threads may wait for each other: here, or in a worker where this is a page's window. */
async function differencesOf(...question: Question): Promise<string[]> {
  if (canShare()) return differences(...question);
  const worker = new Worker(new URL("./threads-worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(question);
  });
}

describe.each(["fused", "plain"] as const)("wasm %s", (variant) => {
  test.each([2, 3])("computes the same bits on %i threads", async (threads) => {
    expect(await differencesOf(variant, threads)).toEqual([]);
  });
});
