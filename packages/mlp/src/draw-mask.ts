import { type Definition, define, type FloatArray, randomBlock } from "@feedforward/tensor";
import type { Training } from "./layer.ts";

/** mask[i] = 0 with probability `rate`, else 1 / (1 - rate), from the words of a stream from 4 `block` on. */
export type DrawMask = Definition<
  [mask: FloatArray, count: number, rate: number, seed: number, stream: number, block: number]
>;

const words = /* @__PURE__ */ new Uint32Array(4);

export const drawMask: DrawMask = /* @__PURE__ */ define(
  "drawMask",
  (mask, count, rate, seed, stream, block) => {
    const kept = 1 / (1 - rate);
    for (let i = 0; i < count; i++) {
      if (i % 4 === 0) randomBlock(words, seed, stream, block + i / 4);
      mask[i] = words[i % 4]! < rate * 0x1_0000_0000 ? 0 : kept;
    }
  },
);

/** What a training pass brings. */
export const whileTraining: Training = { drawMask };
