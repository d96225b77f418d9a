import { wasm } from "@feedforward/wasm";
import { digestOf } from "./digest.ts";
import { digests } from "./digests.ts";

// Prints whether training ends with the weights that it always ends with, on this engine. pack-check
// bundles it against the packed packages and runs it in every runtime.

for (const deterministic of [undefined, "portable"] as const)
  for (const threads of [1, 2, 3]) {
    const backend = wasm({ threads, ...(deterministic && { deterministic }) });
    if (deterministic === undefined && backend.name !== "wasm fused") continue; // not on this engine
    const digest = await digestOf(backend);
    const right = digest === digests[backend.name];
    console.log(`${backend.name}, ${threads} threads: ${right ? "right" : `wrong, ${digest}`}`);
  }
