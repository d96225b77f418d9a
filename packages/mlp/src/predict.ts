import type { Backend, Rows } from "@feedforward/tensor";
import { predict as corePredict } from "./core/predict.ts";
import type { Prediction } from "./core/predictor.ts";
import { backendFor } from "./default-backend.ts";
import type { Network } from "./network.ts";

/** How a prediction departs from its defaults. */
export interface PredictOptions {
  /** How many rows go through the network at a time; 256 unless told. Changes the result by rounding alone. */
  readonly batchSize?: number;
  /** `wasm()` unless told, `reference` for a network in float64. It must compute at once, as those on the CPU do. */
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
  options: PredictOptions = {},
): Prediction<Label> {
  return corePredict(net, x, { ...options, backend: options.backend ?? backendFor(net) });
}
