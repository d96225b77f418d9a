import { type Backend, reference } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import type { Network } from "./network.ts";

/** What executes a network unless told: the kernels, which have 32 bits; a proof in 64 the reference. */
export const backendFor = ({ dtype }: Network): Backend =>
  dtype === "float64" ? reference : wasm();
