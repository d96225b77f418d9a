import type { Random } from "@feedforward/tensor";

// Random streams are split by purpose, so that no two purposes ever share a number.

/** How a parameter begins: a stream for each parameter of each layer. */
export const initialStream = (seed: number, layer: number, parameter: number): Random => ({
  seed,
  stream: 0x1000000 + layer * 256 + parameter,
  counter: 0,
});

/** The order of the examples: a stream for each epoch. */
export const shuffleStream = (seed: number, epoch: number): Random => ({
  seed,
  stream: 0x2000000 + epoch,
  counter: 0,
});

/** Which units are dropped: a stream for each layer; its words are counted through the steps. */
export const dropoutStream = (layer: number): number => 0x3000000 + layer;

/** Which entries a gradient check tries. */
export const checkStream = (seed: number): Random => ({ seed, stream: 0x6000000, counter: 0 });
