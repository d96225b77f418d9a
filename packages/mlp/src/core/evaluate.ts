import type { Backend, Examples, Targets } from "@feedforward/tensor";
import { type Breath, breathe } from "../breath.ts";
import { checkExamples } from "../check-examples.ts";
import { type Engine, runToLoss, startEngine } from "../engine.ts";
import type { EvaluateOptions as AnyEvaluateOptions } from "../evaluate.ts";
import { expectPositiveInteger } from "../expectations.ts";
import { definitionFor, expectLoss } from "../loss.ts";
import type { Evaluation, Metric } from "../metric.ts";
import type { Network } from "../network.ts";
import { addToTally, evaluationOf, expectMetrics, tallyOf } from "../tally.ts";

/** The options of evaluate(), and what executes it. */
export interface EvaluateOptions<Y extends Targets = Targets, Name extends string = string>
  extends AnyEvaluateOptions<Y, Name> {
  readonly backend: Backend;
}

/** `evaluate` of @feedforward/mlp, on a backend that is always named. */
export async function evaluate<Y extends Targets, const Name extends string = never>(
  net: Network,
  examples: Examples<Y>,
  options: EvaluateOptions<NoInfer<Y>, Name>,
): Promise<Evaluation<Name>> {
  const { loss, metrics = [], batchSize = 256, signal, backend } = options;
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
