import type { Variant } from "../../../packages/wasm/src/machine.ts";
import { differences } from "./threaded.ts";

/** What is asked of a worker: the arguments of `differences`. */
export type Question = readonly [variant: Variant, threads: number];

const scope = globalThis as unknown as {
  onmessage: (event: { readonly data: Question }) => void;
  postMessage(answer: string[]): void;
};
scope.onmessage = async ({ data }) => scope.postMessage(await differences(...data));
