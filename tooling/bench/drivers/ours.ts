import { type Backend, reference } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { serve } from "./serve.ts";
import { trainerOn } from "./trainer.ts";
import { version } from "./version.ts";

const backends: Readonly<Record<string, (threads: number) => Promise<Backend>>> = {
  reference: async () => reference,
  wasm: async (threads) => wasm({ threads }),
  blas: async (threads) => (await import("@feedforward/blas")).blas({ threads }),
  "wasm-portable": async (threads) => wasm({ threads, deterministic: "portable" }),
};
const [name, threads] = process.argv.slice(2) as [string, string];

const trainer = trainerOn(await backends[name]!(Number(threads)));
serve({
  ...trainer,
  load: async (material) => ({
    library: version(),
    threads,
    ...(await trainer.load(material)),
  }),
});
