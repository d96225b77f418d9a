// The worst error of the kernels' elementary functions over all 2^32 floats, a quarter of an hour, kept in
// worst-errors.json for the README (`pnpm documents` puts it there); fails above 2 units in the last place.
//     node scripts/worst-error.ts [n]: over every n-th float, and nothing is kept
import { writeFileSync } from "node:fs";
import { machineOf } from "../src/machine.ts";
import { exact, MOST, type Name, type WorstErrors, worstErrors } from "./exact.ts";

const stride = Number(process.argv[2] ?? 1);
const variants = ["fused", "plain"] as const;
const machines = variants.map((variant) => machineOf(variant)!);
const found: WorstErrors[number][] = [];
for (const name of Object.keys(exact) as Name[])
  for (const [i, { error, x }] of worstErrors(machines, name, stride).entries()) {
    found.push({ name, variant: variants[i]!, error, x });
    console.log(`${name}, ${variants[i]}: ${error.toFixed(3)} units in the last place, at ${x}`);
  }
const most = Math.max(...found.map(({ error }) => error));
console.log(
  `${Math.ceil(2 ** 32 / stride)} inputs of each function: at most ${most.toFixed(2)} units`,
);
if (stride === 1)
  writeFileSync(
    new URL("worst-errors.json", import.meta.url),
    `${JSON.stringify(found, undefined, 2)}\n`,
  );
process.exitCode = most <= MOST ? 0 : 1;
