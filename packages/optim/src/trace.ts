import { checkBuffers, checkFraction } from "./check.ts";
import { type Definition, define, direct, type FloatArray } from "./definition.ts";
import { onHeap } from "./optimizer.ts";
import type { Transform } from "./transform.ts";

export interface TraceOptions {
  /** μ in [0, 1): how much of the last update goes into the next. */
  readonly momentum: number;
  /** Whether to look one step of momentum ahead. False by default. */
  readonly nesterov?: boolean;
}

export interface TraceState {
  /** u for each parameter, of its length and kind. */
  readonly velocity: readonly FloatArray[];
}

type Trace = [g: FloatArray, u: FloatArray, momentum: number];

const tracePlain: Definition<Trace> = /* @__PURE__ */ define("trace", (g, u, momentum) => {
  for (let i = 0; i < g.length; i++) {
    const next = momentum * u[i]! + g[i]!;
    u[i] = next;
    g[i] = next;
  }
});

const traceNesterov: Definition<Trace> = /* @__PURE__ */ define(
  "traceNesterov",
  (g, u, momentum) => {
    for (let i = 0; i < g.length; i++) {
      const next = momentum * u[i]! + g[i]!;
      u[i] = next;
      g[i] = g[i]! + momentum * next;
    }
  },
);

/**
 * Overwrites each gradient by a trace of all so far: u = μ u + g; with Nesterov's g + μ u.
 *
 * u begins at 0, so the first update is g itself.
 *
 * @throws {RangeError} when `momentum` lies outside of [0, 1); by `update`, when the state was made
 *   for other parameters.
 * @see Larochelle, Neural networks 2.11; optax `trace`; the momentum of PyTorch `SGD`.
 * @example
 * const w = { shape: [1], data: Float64Array.of(8) };
 * const optimizer = chain(trace({ momentum: 0.5 }), scaleByLearningRate(1));
 * const state = optimizer.init([w]);
 * optimizer.step([w], [Float64Array.of(2)], state); // u = 2
 * optimizer.step([w], [Float64Array.of(2)], state); // u = 3
 * w.data // => Float64Array.of(3)
 */
export function trace({ momentum, nesterov = false }: TraceOptions): Transform<TraceState> {
  checkFraction("trace()", "momentum", momentum);
  const definition = nesterov ? traceNesterov : tracePlain;
  return {
    init: (params, zeros = onHeap) => ({ velocity: params.map(({ data }) => zeros(data)) }),
    update(params, grads, state, call = direct) {
      checkBuffers("trace().update()", "state.velocity", params, state.velocity);
      for (let i = 0; i < params.length; i++)
        call(definition, grads[i]!, state.velocity[i]!, momentum);
    },
  };
}
