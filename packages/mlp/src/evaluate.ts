import { type Backend, type Examples, reference, type Targets } from "@feedforward/tensor";
import { type Breath, breathe } from "./breath.ts";
import { checkExamples } from "./check-examples.ts";
import { type Engine, runToLoss, startEngine } from "./engine.ts";
import { expectPositiveInteger } from "./expectations.ts";
import { definitionFor, expectLoss, type Loss } from "./loss.ts";
import type { Evaluation, Metric } from "./metric.ts";
import type { Network } from "./network.ts";
import { addToTally, evaluationOf, expectMetrics, tallyOf } from "./tally.ts";

/** What an evaluation needs, and how it departs from its defaults. */
export interface EvaluateOptions<Y extends Targets = Targets, Name extends string = string> {
  readonly loss: Loss<Y>;
  /** None unless told. */
  readonly metrics?: readonly Metric<Name>[];
  /** How many rows go through the network at a time; 256 unless told. Changes the result by rounding alone. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  /** `reference` unless told. */
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
  const { loss, metrics = [], batchSize = 256, signal, backend = reference } = options;
  const { x, y } = examples;
  expectLoss("evaluate", loss);
  expectPositiveInteger("evaluate", "batchSize", batchSize);
  checkExamples("evaluate", "examples", net, examples, loss);
  const definition = definitionFor("evaluate", loss, y);
  expectMetrics("evaluate", metrics, y);
  const batch = Math.min(batchSize, x.shape[0]);
  const room = { backward: false };
  const { engine } = startEngine(
    { net, backend, y, definition, batch, seed: net.seed, room },
    () => undefined,
  );
  const evaluation = await evaluateOn(engine, examples, metrics, breathe(), signal);
  if (evaluation) return evaluation;
  throw signal?.reason;
}

/** An evaluation on an engine that stands ready; nothing when the signal was aborted. */
export async function evaluateOn<Name extends string>(
  engine: Engine,
  examples: Examples,
  metrics: readonly Metric<Name>[],
  breath: Breath,
  signal: AbortSignal | undefined,
): Promise<Evaluation<Name> | undefined> {
  const { rows, work, pass } = engine;
  const tally = tallyOf(metrics);
  const [length] = examples.x.shape;
  for (let start = 0; start < length; start += work.batch) {
    if (signal?.aborted) return undefined;
    const count = Math.min(work.batch, length - start);
    for (let r = 0; r < count; r++) rows[r] = start + r;
    pass.training = false;
    const pending = runToLoss(engine, examples, count);
    if (pending) await pending;
    addToTally(tally, metrics, engine, count);
    const pause = breath();
    if (pause) await pause;
  }
  return evaluationOf(tally, metrics);
}
