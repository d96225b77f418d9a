import type { Backend, Examples, Targets } from "@feedforward/tensor";
import { checkExamples } from "../check-examples.ts";
import { expectEarlyStopping } from "../early-stopping.ts";
import { expectPositiveInteger, expectSeed } from "../expectations.ts";
import { definitionFor, expectLoss } from "../loss.ts";
import type { Network } from "../network.ts";
import { run } from "../run.ts";
import { expectMetrics } from "../tally.ts";
import {
  type TrainOptions as AnyTrainOptions,
  expectOptimizer,
  type Report,
} from "../train-options.ts";

/** How a run departs from its defaults, and what executes it. */
export interface TrainOptions<
  Y extends Targets = Targets,
  State = unknown,
  Name extends string = string,
> extends AnyTrainOptions<Y, State, Name> {
  readonly backend: Backend;
}

/** `train` of @feedforward/mlp, on a backend that is always named. */
export function train<Y extends Targets, State, const Name extends string = never>(
  net: Network,
  examples: Examples<Y>,
  options: TrainOptions<NoInfer<Y>, State, Name>,
): AsyncGenerator<Report<Name>, void, undefined> {
  const { loss, optimizer, epochs, batchSize, seed, validation, metrics = [] } = options;
  const { earlyStopping, progressEvery } = options;
  expectLoss("train", loss);
  expectOptimizer("train", optimizer);
  expectPositiveInteger("train", "epochs", epochs);
  if (batchSize !== undefined) expectPositiveInteger("train", "batchSize", batchSize);
  if (seed !== undefined) expectSeed("train", seed);
  if (progressEvery !== undefined) expectPositiveInteger("train", "progressEvery", progressEvery);
  if (earlyStopping) expectEarlyStopping(earlyStopping, validation !== undefined);
  checkExamples("train", "examples", net, examples, loss);
  if (validation) {
    checkExamples("train", "validation", net, validation, loss);
    if (validation.y instanceof Int32Array !== examples.y instanceof Int32Array)
      throw new TypeError(
        "train() expects validation.y of the kind of examples.y, but one holds classes and the other values",
      );
  }
  const definition = definitionFor("train", loss, examples.y);
  expectMetrics("train", metrics, examples.y);
  return run(net, examples, options, definition);
}
