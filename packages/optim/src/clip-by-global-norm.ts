import { checkPositive } from "./check.ts";
import { type Definition, define, direct, type FloatArray } from "./definition.ts";
import { onHeap } from "./optimizer.ts";
import type { Transform } from "./transform.ts";

export interface ClipByGlobalNormState {
  /** One element: the norm of the last gradients before they were clipped. */
  readonly norm: FloatArray;
}

const clear: Definition<[x: FloatArray]> = /* @__PURE__ */ define("clear", (x) => {
  x.fill(0);
});

// The norm, not its square, rests in the buffer: the square overflows float32 from 1.8e19.
const addNorm: Definition<[norm: FloatArray, x: FloatArray]> = /* @__PURE__ */ define(
  "addNorm",
  (norm, x) => {
    let sum = norm[0]! * norm[0]!;
    for (let i = 0; i < x.length; i++) sum += x[i]! * x[i]!;
    norm[0] = Math.sqrt(sum);
  },
);

const clipToNorm: Definition<[x: FloatArray, norm: FloatArray, maxNorm: number]> =
  /* @__PURE__ */ define("clipToNorm", (x, norm, maxNorm) => {
    const factor = Math.min(1, maxNorm / (norm[0]! + 1e-6));
    for (let i = 0; i < x.length; i++) x[i] = x[i]! * factor;
  });

/**
 * Overwrites all gradients by g · min(1, maxNorm / (|g| + 1e-6)), |g| the norm of all of them together.
 *
 * The 1e-6 is PyTorch's: a clipped norm ends just below `maxNorm`. Squares are summed in doubles, in
 * the order of the parameters. One gradient that is NaN makes all of them NaN; one that is infinite
 * becomes NaN, and the others 0.
 *
 * @param maxNorm The largest norm let through, above 0.
 * @throws {RangeError} when `maxNorm` is not above 0, or not finite.
 * @see Pascanu et al., On the difficulty of training recurrent neural networks (2013), algorithm 1;
 *   PyTorch `clip_grad_norm_` (same); optax `clip_by_global_norm` (without the 1e-6).
 * @example
 * const w = { shape: [2], data: Float64Array.of(0, 0) };
 * const optimizer = chain(clipByGlobalNorm(1));
 * optimizer.step([w], [Float64Array.of(-30, -40)], optimizer.init([w]));
 * w.data.map((x) => Math.round(1000 * x) / 1000) // => Float64Array.of(0.6, 0.8)
 */
export function clipByGlobalNorm(maxNorm: number): Transform<ClipByGlobalNormState> {
  checkPositive("clipByGlobalNorm()", "maxNorm", maxNorm);
  return {
    init: (params, zeros = onHeap) => ({
      norm: zeros(
        params[0]?.data instanceof Float64Array ? new Float64Array(1) : new Float32Array(1),
      ),
    }),
    update(_params, grads, { norm }, call = direct) {
      call(clear, norm);
      for (let i = 0; i < grads.length; i++) call(addNorm, norm, grads[i]!);
      for (let i = 0; i < grads.length; i++) call(clipToNorm, grads[i]!, norm, maxNorm);
    },
  };
}
