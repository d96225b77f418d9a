import type { Backend, Rows } from "@feedforward/tensor";
import { predictor as corePredictor, type Prediction } from "./core/predictor.ts";
import { backendFor } from "./default-backend.ts";
import type { Network } from "./network.ts";

/** How a predictor departs from its defaults. */
export interface PredictorOptions {
  /** How many rows go through the network at a time; 1 unless told. */
  readonly batchSize?: number;
  /** `wasm()` unless told, `reference` for a network in float64. It must compute at once, as those on the CPU do. */
  readonly backend?: Backend;
}

/**
 * A function that predicts, laid out once: the fast way to predict row after row.
 *
 * It holds a copy of the weights as they are now. What it returns is fresh each time. Dropout rests.
 *
 * @param net Left as it is.
 * @returns Takes raw rows, [rows, inputs] of any number of rows; standardises them as the network says.
 * @throws {RangeError} when `batchSize` is not a whole number above 0; by the function, when a number
 *   in the rows is not finite.
 * @throws {ShapeError} by the function, when the rows do not fit the network.
 * @throws {TypeError} by the function, when the rows are no matrix of bytes or floats, or the backend
 *   does not compute at once.
 * @see Larochelle, Neural networks 1.5 and 2.6.
 * @example
 * const net = mlp(2, [dense(2)], { seed: 1 });
 * const one = predictor(net);
 * one({ shape: [1, 2], data: Float32Array.of(0, 0) }).probabilities.data // => Float32Array.of(0.5, 0.5)
 */
export function predictor<Label extends string>(
  net: Network<Label>,
  options: PredictorOptions = {},
): (x: Rows) => Prediction<Label> {
  return corePredictor(net, { ...options, backend: options.backend ?? backendFor(net) });
}
