import { activations } from "./activations.ts";
import { blas } from "./blas.ts";
import { data } from "./data.ts";
import type { Fault } from "./fault.ts";
import { losses } from "./losses.ts";
import { mlp } from "./mlp.ts";
import { optim } from "./optim.ts";
import { tensor } from "./tensor.ts";
import { testing } from "./testing.ts";
import { wasm } from "./wasm.ts";

/** What `pnpm mutate` breaks, one at a time. */
export const faults: readonly Fault[] = [
  ...tensor,
  ...activations,
  ...losses,
  ...optim,
  ...data,
  ...mlp,
  ...testing,
  ...wasm,
  ...blas,
];
