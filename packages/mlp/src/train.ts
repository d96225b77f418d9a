import type { Examples, Targets } from "@feedforward/tensor";
import { train as coreTrain } from "./core/train.ts";
import { backendFor } from "./default-backend.ts";
import type { Network } from "./network.ts";
import type { Report, TrainOptions } from "./train-options.ts";

/**
 * Trains a network by mini-batches, and reports at the end of every epoch.
 *
 * Nothing runs but while the next report is awaited: a loop that waits pauses the run, `break` ends
 * it. While it runs it returns to the event loop about every 50 ms. Epochs shuffle the examples anew.
 * The same seed, data and options give the same bits.
 *
 * At every report `net` holds the weights reached, and so it does after the last one, a `break`, or
 * an aborted signal; after an error it holds those of the last report. With early stopping it holds
 * the best ones after each of these, unless `restoreBest` is false. It can then be used, saved, or
 * trained further: a second run begins with a fresh optimizer, and with the same seed shuffles and
 * drops units as the first did. The weights are copied in when the run starts; what else writes them
 * while it lasts is overwritten.
 *
 * All memory is laid out before the first step, and a step allocates none: each parameter and its
 * gradient; the optimizer's state; for each row of a batch h(0), the target, and of each layer h(k),
 * its gradient, and a(k) or a mask where the layer has one; the loss; of a standardiser its numbers,
 * and a batch in bytes. Beside it there are 4 bytes for
 * each example, and with early stopping a copy of the best weights.
 *
 * @param net Changed in place.
 * @param examples Raw rows, and the targets that the loss takes.
 * @throws {RangeError} at once, when an option, an example or a target is out of range (an input that
 *   is not finite is named by row and column); while running, when the loss or a weight is no longer
 *   finite, with the epoch and the number of steps made.
 * @throws {ShapeError} at once, when examples do not fit the network.
 * @throws {TypeError} at once, when the loss, the optimizer or a metric is none, or does not take such
 *   targets.
 * @see Larochelle, Neural networks 2.1, 2.10 and 2.11.
 * @example
 * const net = mlp(2, [dense(4, tanh), dense(2)], { seed: 1 });
 * const xor = {
 *   x: { shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
 *   y: Int32Array.of(0, 1, 1, 0),
 * } as const;
 * const run = train(net, xor, {
 *   loss: softmaxCrossEntropy(),
 *   optimizer: adam({ learningRate: 0.05 }),
 *   epochs: 200,
 * });
 * for await (const { epoch, loss } of run) if (epoch % 50 === 0) console.log(epoch, loss);
 * predict(net, xor.x).classes // => Int32Array.of(0, 1, 1, 0)
 */
export function train<Y extends Targets, State, const Name extends string = never>(
  net: Network,
  examples: Examples<Y>,
  options: TrainOptions<NoInfer<Y>, State, Name>,
): AsyncGenerator<Report<Name>, void, undefined> {
  const { backend = backendFor(net) } = options;
  return coreTrain<Y, State, Name>(net, examples, { ...options, backend });
}
