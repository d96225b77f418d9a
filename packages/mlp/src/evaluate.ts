import type { Backend, Examples, Targets } from "@feedforward/tensor";
import { evaluate as coreEvaluate } from "./core/evaluate.ts";
import { backendFor } from "./default-backend.ts";
import type { Loss } from "./loss.ts";
import type { Evaluation, Metric } from "./metric.ts";
import type { Network } from "./network.ts";

/** What an evaluation needs, and how it departs from its defaults. */
export interface EvaluateOptions<Y extends Targets = Targets, Name extends string = string> {
  readonly loss: Loss<Y>;
  /** None unless told. */
  readonly metrics?: readonly Metric<Name>[];
  /** How many rows go through the network at a time; 256 unless told. Changes the result by rounding alone. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  /** `wasm()` unless told, `reference` for a network in float64. */
  readonly backend?: Backend;
}

/**
 * The mean loss over the examples, and each metric under its name.
 *
 * Dropout rests. Returns to the event loop about every 50 ms. The network stays as it is.
 *
 * The promise is rejected with
 * @throws {RangeError} when an option, an example or a target is out of range.
 * @throws {ShapeError} when the examples do not fit the network.
 * @throws {TypeError} when the loss or a metric is none, or does not take such targets.
 * @throws the signal's reason, when it was aborted before the last batch.
 * @example
 * const net = mlp(2, [dense(2)]);
 * const examples = {
 *   x: { shape: [2, 2], data: Float32Array.of(0, 1, 1, 0) },
 *   y: Int32Array.of(0, 1),
 * } as const;
 * const { accuracy: right } = await evaluate(net, examples, {
 *   loss: softmaxCrossEntropy(),
 *   metrics: [accuracy],
 * });
 * right >= 0 && right <= 1 // => true
 */
export async function evaluate<Y extends Targets, const Name extends string = never>(
  net: Network,
  examples: Examples<Y>,
  options: EvaluateOptions<NoInfer<Y>, Name>,
): Promise<Evaluation<Name>> {
  const { backend = backendFor(net) } = options;
  return coreEvaluate<Y, Name>(net, examples, { ...options, backend });
}
