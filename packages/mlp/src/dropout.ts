import {
  type Definition,
  define,
  type FloatArray,
  type Session,
  type Zeros,
} from "@feedforward/tensor";
import type { Layer, LayerBuffers, Pass } from "./layer.ts";
import { kindOf, refuse } from "./refuse.ts";
import { dropoutStream } from "./streams.ts";

/** The buffers of a dropout layer. */
export interface Dropout extends LayerBuffers {
  readonly width: number;
  /** m / (1 - rate), [batch, width]: what each unit is multiplied by. */
  readonly mask: FloatArray;
}

/**
 * Dropout: h(k) = m * h(k-1) / (1 - rate) while training, where each m is 0 with probability `rate`
 * and else 1; h(k) = h(k-1) otherwise.
 *
 * The mask of an element comes from the seed, the step, the layer's place, and the element's row and
 * column in the batch, from nothing else: a shorter batch has the first rows of a longer one's mask.
 *
 * @param rate The probability of a unit to be dropped, in [0, 1).
 * @throws {RangeError} when `rate` is outside [0, 1).
 * @see Larochelle, Neural networks 7.5 (there the weights are scaled after training instead of the
 *   units during it: the same in expectation); Srivastava et al. (2014); PyTorch `Dropout` (which
 *   takes a rate of 1 as well: nothing would be left).
 * @example
 * const net = mlp(4, [dropout(0.5)], { seed: 2 });
 * const x = { shape: [1, 4], data: Float32Array.of(1, 2, 3, 4) } as const;
 * forward(net, x).h[1]?.data // => Float32Array.of(1, 2, 3, 4)
 * forward(net, x, { training: true }).h[1]?.data // => Float32Array.of(2, 4, 0, 0)
 */
export function dropout(rate: number): Layer<Dropout> {
  if (!(Number.isFinite(rate) && rate >= 0 && rate < 1))
    refuse(RangeError, "dropout", "rate in [0, 1)", `rate is ${kindOf(rate)}`);
  return {
    name: "dropout",
    options: { rate },
    outputs: (inputs) => inputs,
    parameters: () => [],
    layout: (zeros: Zeros, batch: number, width: number): Dropout => ({
      width,
      out: zeros(batch * width, "float"),
      mask: zeros(batch * width, "float"),
    }),
    forward: (session: Session, at: Dropout, x: FloatArray, rows: number, pass: Pass): void => {
      const count = rows * at.width;
      const { training, seed, step, layer } = pass;
      if (training) {
        const block = step * BLOCKS_PER_STEP;
        session.call(training.drawMask, at.mask, count, rate, seed, dropoutStream(layer), block);
      } else session.call(fillWith, at.mask, count, 1);
      session.call(multiply, at.out, x, at.mask, count);
    },
    backward: (session, at, _x, rows, gradOut, gradX): void => {
      if (gradX) session.call(multiply, gradX, gradOut, at.mask, rows * at.width);
    },
  };
}

// Fixed, so that a mask does not depend on the size of the batch. One step has words for 2^28
// elements, and a stream, whose blocks are counted up to 2^53, lasts for 2^27 steps.
const BLOCKS_PER_STEP = 2 ** 26;

/** out[i] = value. */
const fillWith: Definition<[out: FloatArray, count: number, value: number]> =
  /* @__PURE__ */ define("fillWith", (out, count, value) => {
    for (let i = 0; i < count; i++) out[i] = value;
  });

/** out[i] = x[i] y[i]. */
const multiply: Definition<[out: FloatArray, x: FloatArray, y: FloatArray, count: number]> =
  /* @__PURE__ */ define("multiply", (out, x, y, count) => {
    for (let i = 0; i < count; i++) out[i] = x[i]! * y[i]!;
  });
