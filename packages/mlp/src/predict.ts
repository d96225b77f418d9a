import { type Backend, type Rows, reference } from "@feedforward/tensor";
import { checkRows } from "./check-examples.ts";
import { expectPositiveInteger } from "./expectations.ts";
import type { Network } from "./network.ts";
import { layOutPredictor, type Prediction } from "./predictor.ts";

/** How a prediction departs from its defaults. */
export interface PredictOptions {
  /** How many rows go through the network at a time; 256 unless told. Changes the result by rounding alone. */
  readonly batchSize?: number;
  /** `reference` unless told. It must compute at once, as those on the CPU do. */
  readonly backend?: Backend;
}

/**
 * What the network says about raw rows: outputs, probabilities, classes, and labels where it has them.
 *
 * Lays out memory for this call; `predictor` does so once for many calls. Dropout rests.
 *
 * @param x Raw rows, [rows, inputs]; standardised as the network says.
 * @throws {RangeError} when `batchSize` is not a whole number above 0, or a number in `x` is not finite.
 * @throws {ShapeError} when `x` does not fit the network.
 * @throws {TypeError} when `x` is no matrix of bytes or floats, or the backend does not compute at once.
 * @see Larochelle, Neural networks 1.5.
 * @example
 * const net = mlp(2, [dense(2)], { seed: 1, labels: ["cat", "dog"] });
 * predict(net, { shape: [1, 2], data: Float32Array.of(0, 0) }).labels // => ["cat"]
 */
export function predict<Label extends string>(
  net: Network<Label>,
  x: Rows,
  { batchSize = 256, backend = reference }: PredictOptions = {},
): Prediction<Label> {
  expectPositiveInteger("predict", "batchSize", batchSize);
  checkRows("predict", "x", net, x);
  return layOutPredictor("predict", net, Math.min(batchSize, x.shape[0]), backend)(x);
}
