import { type Examples, permutation, reference, type Targets } from "@feedforward/tensor";
import { breathe } from "./breath.ts";
import { checkExamples } from "./check-examples.ts";
import { expectEarlyStopping, isBest, watchOf } from "./early-stopping.ts";
import { type Engine, runToLoss, startEngine } from "./engine.ts";
import { evaluateOn } from "./evaluate.ts";
import { expectPositiveInteger, expectSeed } from "./expectations.ts";
import { type AnyLossDefinition, definitionFor } from "./loss.ts";
import type { Network } from "./network.ts";
import { backpropagate } from "./passes.ts";
import { shuffleStream } from "./streams.ts";
import { addToTally, expectMetrics, meansOf, resetTally, tallyOf } from "./tally.ts";
import type { Report, TrainOptions } from "./train-options.ts";
import { arraysOf, copy, copyBack } from "./weights.ts";

/**
 * Trains a network by mini-batches, and reports at the end of every epoch.
 *
 * Nothing runs but while the next report is awaited: a loop that waits pauses the run, `break`
 * ends it. All memory is laid out before the first step; a step allocates none. At every report,
 * and after every exit, `net` holds the weights reached (or the best ones, with early stopping), so
 * that it can be used, saved, or trained further. The weights are copied in when the run starts;
 * what else writes them while it lasts is overwritten. The optimizer begins with a fresh state.
 *
 * Epochs shuffle the examples anew. The same seed, data and options give the same bits.
 *
 * @param net Changed in place.
 * @param examples Raw rows, and the targets that the loss takes.
 * @throws {RangeError} at once, when an option, an example or a target is out of range (a number
 *   that is not finite is named by row and column); while running, when the loss or a weight is no
 *   longer finite: the network then keeps the weights of the last report, or the best.
 * @throws {TypeError} at once, when loss or metrics do not take such targets.
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
  const { loss, epochs, batchSize = 32, seed = net.seed, validation, metrics = [] } = options;
  expectPositiveInteger("train", "epochs", epochs);
  expectPositiveInteger("train", "batchSize", batchSize);
  expectSeed("train", seed);
  if (options.progressEvery !== undefined)
    expectPositiveInteger("train", "progressEvery", options.progressEvery);
  if (options.earlyStopping)
    expectEarlyStopping(options.earlyStopping as never, validation !== undefined);
  const definition = definitionFor("train", loss, examples.y);
  expectMetrics("train", metrics, examples.y);
  checkExamples("train", "examples", net, examples, loss);
  if (validation) {
    checkExamples("train", "validation", net, validation, loss);
    if (validation.y instanceof Int32Array !== examples.y instanceof Int32Array)
      throw new TypeError(
        "train() expects validation.y of the kind of examples.y, but one holds classes and the other values",
      );
  }
  return run(net, examples, options, definition);
}

async function* run<Y extends Targets, State, Name extends string>(
  net: Network,
  examples: Examples<Y>,
  options: TrainOptions<Y, State, Name>,
  definition: AnyLossDefinition,
): AsyncGenerator<Report<Name>, void, undefined> {
  const { optimizer, epochs, batchSize = 32, seed = net.seed, validation, metrics = [] } = options;
  const { earlyStopping, progressEvery, signal, backend = reference } = options;
  const rows = examples.x.shape[0];
  const batch = Math.min(batchSize, rows);
  const stepsPerEpoch = Math.ceil(rows / batch);
  const { engine, more: state } = startEngine(
    { net, backend, y: examples.y, definition, batch, seed, room: { backward: true } },
    (zeros, { params }) => optimizer.init(params, (like) => zeros(like.length, "float")),
  );
  const { session, work, feed, pass } = engine;
  const restore = earlyStopping !== undefined && (earlyStopping.restoreBest ?? true);
  const best = restore ? arraysOf(net).map((array) => array.slice()) : [];
  const watch = watchOf();
  const order = new Int32Array(rows);
  const tally = tallyOf(metrics);
  const breath = breathe();
  let step = 0;
  let failed = false;
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      permutation(order, shuffleStream(seed, epoch));
      resetTally(tally);
      let seconds = 0;
      let since = performance.now();
      const report = (): Report<Name> => ({
        epoch,
        epochs,
        step,
        steps: epochs * stepsPerEpoch,
        endOfEpoch: false,
        loss: tally.loss / tally.count,
        metrics: meansOf(tally, metrics),
        samplesPerSecond: tally.count / seconds,
      });
      for (let start = 0; start < rows; start += batch) {
        if (signal?.aborted) return;
        const count = Math.min(batch, rows - start);
        for (let r = 0; r < count; r++) feed.rows[r] = order[start + r]!;
        pass.training = true;
        pass.step = step;
        const pending = runToLoss(engine, examples, count);
        if (pending) await pending;
        if (!Number.isFinite(engine.loss[0])) {
          failed = true;
          throw diverged("loss", engine.loss[0]!, epoch, step);
        }
        addToTally(tally, metrics, engine, count);
        backpropagate(net, session, work, count);
        optimizer.step(work.params, work.grads, state, session.call);
        step++;
        const pause = breath.due();
        if (pause) await pause;
        if (progressEvery && step % progressEvery === 0 && start + batch < rows) {
          seconds += (performance.now() - since) / 1000;
          await publish(engine, epoch, step);
          yield report();
          breath.taken();
          since = performance.now();
        }
      }
      seconds += (performance.now() - since) / 1000;
      await publish(engine, epoch, step);
      let done: Report<Name> = { ...report(), endOfEpoch: true };
      if (validation) {
        const evaluation = await evaluateOn(engine, validation, metrics, breath, signal);
        if (!evaluation) return;
        done = { ...done, validation: evaluation };
      }
      if (earlyStopping) {
        done = { ...done, best: isBest(watch, earlyStopping, done) };
        if (done.best) copy(best, arraysOf(net));
      }
      yield done;
      breath.taken();
      if (earlyStopping && watch.waited >= earlyStopping.patience) return;
    }
  } finally {
    if (!failed) await copyBack(engine);
    if (restore && watch.best < Number.POSITIVE_INFINITY) copy(arraysOf(net), best);
  }
}

async function publish(engine: Engine, epoch: number, step: number): Promise<void> {
  if (!(await copyBack(engine))) throw diverged("weights", Number.NaN, epoch, step);
}

function diverged(what: string, value: number, epoch: number, step: number): RangeError {
  return new RangeError(
    `train() expects a finite ${what}, but ${what} is ${value} in epoch ${epoch} at step ${step}: ` +
      "lower the learning rate, clip the gradients, or standardise the inputs " +
      "(the network keeps the weights of the last report)",
  );
}
