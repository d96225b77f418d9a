import { wasm } from "@feedforward/wasm";
import { type Layout, packingSeconds } from "./packing.ts";
import { peakBytes, peakOperations } from "./peak.ts";
import { serve } from "./serve.ts";
import { stopwatch } from "./stopwatch.ts";
import { trainerOn } from "./trainer.ts";
import { version } from "./version.ts";

// Trains as ours.ts does, on a backend that times each call from outside.

const threads = Number(process.argv[2]);
const backend = wasm({ threads });
const watch = stopwatch();
const trainer = trainerOn(watch.over(backend));
let peak: { readonly operations: number; readonly bytes: number } | undefined;
const packing = new Map<string, number>();

/** Of a product's part, by its name: worked out once. */
function packingOf(name: string): { readonly packing?: number } {
  const [layout, ...shape] = name.split(" ");
  if (threads > 1 || shape.length !== 3 || !["nt", "nn", "tn"].includes(layout!)) return {};
  if (!packing.has(name)) {
    const [m, n, k] = shape.map(Number) as [number, number, number];
    packing.set(name, packingSeconds(backend, layout as Layout, [m, n, k]));
  }
  return { packing: packing.get(name)! };
}

serve({
  ...trainer,
  load: async (material) => ({
    library: version(),
    threads: `${threads}`,
    ...(await trainer.load(material)),
  }),
  async profile(steps) {
    peak ??= { operations: peakOperations(), bytes: peakBytes() };
    watch.reset();
    const began = performance.now();
    await trainer.steps(steps);
    const seconds = (performance.now() - began) / 1000;
    const parts = watch.parts().map((part) => ({ ...part, ...packingOf(part.name) }));
    return { steps, seconds, parts, peak };
  },
});
