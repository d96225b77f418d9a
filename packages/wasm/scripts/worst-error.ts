// The worst error of the kernels' elementary functions over all 2^32 floats, some minutes each, or over
// every n-th: `node scripts/worst-error.ts n`.
import { machineOf } from "../src/machine.ts";
import { exact, worstError } from "./exact.ts";

const stride = Number(process.argv[2] ?? 1);
for (const variant of ["fused", "plain"] as const)
  for (const name of Object.keys(exact) as (keyof typeof exact)[]) {
    const { error, x } = worstError(machineOf(variant)!, name, stride);
    console.log(`${name}, ${variant}: ${error.toFixed(2)} units in the last place, at ${x}`);
  }
