import type { Backend, Rows } from "@feedforward/tensor";
import { checkRows } from "../check-examples.ts";
import { expectPositiveInteger } from "../expectations.ts";
import type { Network } from "../network.ts";
import type { PredictOptions as AnyPredictOptions } from "../predict.ts";
import { layOutPredictor, type Prediction } from "./predictor.ts";

/** The options of predict(), and what executes it. */
export interface PredictOptions extends AnyPredictOptions {
  readonly backend: Backend;
}

/** `predict` of @feedforward/mlp, on a backend that is always named. */
export function predict<Label extends string>(
  net: Network<Label>,
  x: Rows,
  { batchSize = 256, backend }: PredictOptions,
): Prediction<Label> {
  expectPositiveInteger("predict", "batchSize", batchSize);
  checkRows("predict", "x", net, x);
  return layOutPredictor("predict", net, Math.min(batchSize, x.shape[0]), backend)(x);
}
