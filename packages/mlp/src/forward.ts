import type { Backend, Rows } from "@feedforward/tensor";
import { forward as coreForward, type Forward } from "./core/forward.ts";
import { backendFor } from "./default-backend.ts";
import type { Network } from "./network.ts";

/** How a forward pass departs from its defaults. */
export interface ForwardOptions {
  /** Whether dropout acts; false unless told. */
  readonly training?: boolean;
  /** Of dropout; the network's own unless told. */
  readonly seed?: number;
  /** Of dropout: the masks of this step; 0 unless told. */
  readonly step?: number;
  /** `wasm()` unless told, `reference` for a network in float64. It must compute at once, as those on the CPU do. */
  readonly backend?: Backend;
}

/**
 * A forward pass that keeps every a(k) and h(k): h(0) = x, a(k) = b(k) + W(k) h(k-1), h(k) = g(a(k)).
 *
 * For looking inside; `train`, `evaluate` and `predict` lay their memory out once and run faster.
 *
 * @param x Raw rows, [rows, n(0)]; standardised as the network says.
 * @throws {RangeError} when a number in `x`, the seed or the step is out of range.
 * @throws {ShapeError} when `x` does not fit the network.
 * @throws {TypeError} when the backend does not compute at once.
 * @see Larochelle, Neural networks 1.5 and 2.3.
 * @example
 * const net = mlp(2, [dense(3, relu), dense(2)], { seed: 1 });
 * const { a, h } = forward(net, { shape: [1, 2], data: Float32Array.of(0, 0) });
 * a.length // => 2
 * h.map(({ shape }) => shape[1]) // => [2, 3, 2]
 */
export function forward(net: Network, x: Rows, options: ForwardOptions = {}): Forward {
  return coreForward(net, x, { ...options, backend: options.backend ?? backendFor(net) });
}
