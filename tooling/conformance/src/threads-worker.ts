import { usualGrain } from "../../../packages/wasm/src/grain.ts";
import { machineOf, type Variant } from "../../../packages/wasm/src/machine.ts";
import { backendOf } from "../../../packages/wasm/src/wasm.ts";
import { digestOf } from "./digest.ts";
import { differences, disorder } from "./threaded.ts";

/** What may be asked of a worker. */
export type Question = readonly [
  what: "differences" | "disorder" | "digest",
  variant: Variant,
  threads: number,
];

/**
 * What differs on so many threads, or from the reference in some order, or the digest of training on them; the first
 * thread leaves its share to the others.
 */
export async function answer([what, variant, threads]: Question): Promise<string[]> {
  if (what === "differences") return differences(variant, threads);
  if (what === "disorder") return disorder(variant, threads);
  const backend = backendOf(machineOf(variant)!, threads, { grain: usualGrain, idle: true });
  return [await digestOf(backend)];
}

const scope = globalThis as unknown as {
  readonly WorkerGlobalScope?: unknown;
  onmessage: (event: { readonly data: Question }) => void;
  postMessage(answer: string[]): void;
};
if (scope.WorkerGlobalScope)
  scope.onmessage = async ({ data }) => scope.postMessage(await answer(data));
