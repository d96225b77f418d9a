import type { Random } from "@feedforward/tensor";

// Random streams are split by purpose: those of this package begin with 4, 5, ...; mlp's with 1, 2, 3.

/** Which example goes into which part. */
export const splitStream = (seed: number): Random => ({ seed, stream: 0x4000000, counter: 0 });

/** The order of the examples: a stream for each epoch. */
export const shuffleStream = (seed: number, epoch: number): Random => ({
  seed,
  stream: 0x5000000 + epoch,
  counter: 0,
});
