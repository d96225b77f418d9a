import { addScaled } from "./add-scaled.ts";
import { checkBuffers } from "./check.ts";
import { direct } from "./definition.ts";
import { type Optimizer, onHeap } from "./optimizer.ts";
import type { Transform } from "./transform.ts";

/** Transforms in a row: an optimizer, and a transform that another chain can take. */
export interface Chain<States extends readonly unknown[]>
  extends Optimizer<States>,
    Transform<States> {}

/**
 * Overwrites the gradients by each transform in turn; as an optimizer, `step` then does w = w - g.
 *
 * The state is the array of the transforms' states. A chain is itself a transform, and chaining is
 * associative: `chain(a, chain(b, c))`, `chain(chain(a, b), c)` and `chain(a, b, c)` make the same
 * steps. Without a transform, `step` is gradient descent with rate 1. A schedule that throws leaves the
 * parameters as they were, but the transforms before it have changed their states.
 *
 * @param transforms What makes the update out of the gradients, first to last.
 * @throws {RangeError} by `step` and `update`, when gradients or state do not fit the parameters.
 * @see optax `chain` (which adds the update: there the learning rate flips the sign).
 * @example
 * const w = { shape: [2], data: Float64Array.of(1, 2) };
 * const optimizer = chain(clipByGlobalNorm(1), scaleByAdam(), scaleByLearningRate(0.5));
 * optimizer.step([w], [Float64Array.of(3, -0.2)], optimizer.init([w]));
 * w.data.map((x) => Math.round(1000 * x) / 1000) // => Float64Array.of(0.5, 2.5)
 */
export function chain<States extends readonly unknown[]>(
  ...transforms: { readonly [K in keyof States]: Transform<States[K]> }
): Chain<States> {
  const list: readonly Transform<unknown>[] = transforms;
  const run: Chain<States>["update"] = (params, grads, state, call) => {
    checkBuffers("chain().step()", "grads", params, grads);
    if (state.length !== list.length)
      throw new RangeError(
        `chain().step() expects state of ${list.length} transforms, but state has ${state.length}`,
      );
    for (let k = 0; k < list.length; k++) list[k]!.update(params, grads, state[k], call);
  };
  return {
    init: (params, zeros = onHeap) =>
      list.map((transform) => transform.init(params, zeros)) as unknown as States,
    update: run,
    step(params, grads, state, call = direct) {
      run(params, grads, state, call);
      for (let i = 0; i < params.length; i++) call(addScaled, params[i]!.data, grads[i]!, -1);
    },
  };
}
