// The worst error of the kernels' elementary functions over all 2^32 inputs: some minutes each.
import { machineOf } from "../src/machine.ts";
import { exact, worstError } from "./exact.ts";

for (const variant of ["fused", "plain"] as const)
  for (const name of Object.keys(exact) as (keyof typeof exact)[]) {
    const { error, x } = worstError(machineOf(variant)!, name, 1);
    console.log(`${name}, ${variant}: ${error.toFixed(2)} units in the last place, at ${x}`);
  }
