import { type Examples, permutation, type Targets } from "@feedforward/tensor";
import { type Breath, breathe } from "./breath.ts";
import { evaluateOn } from "./core/evaluate.ts";
import type { TrainOptions } from "./core/train.ts";
import { whileTraining } from "./draw-mask.ts";
import { isBest, restoreBest, watchOf } from "./early-stopping.ts";
import { type Engine, runToLoss, startEngine } from "./engine.ts";
import type { AnyLossDefinition } from "./loss.ts";
import type { Network } from "./network.ts";
import { backpropagate } from "./passes.ts";
import { shuffleStream } from "./streams.ts";
import { addToTally, meansOf, resetTally, type Tally, tallyOf } from "./tally.ts";
import type { Report } from "./train-options.ts";
import { copyBack } from "./weights.ts";

/** What lasts from the first epoch of a run to the last. */
interface Run<Y extends Targets, State, Name extends string> {
  readonly examples: Examples<Y>;
  readonly options: TrainOptions<Y, State, Name>;
  readonly engine: Engine;
  /** The optimizer's. */
  readonly state: State;
  /** The examples in the order of this epoch. */
  readonly order: Int32Array;
  /** Of this epoch. */
  readonly tally: Tally;
  readonly breath: Breath;
  /** How many steps have been made. */
  step: number;
}

/** Trains, epoch by epoch; everything has been checked. */
export async function* run<Y extends Targets, State, Name extends string>(
  net: Network,
  examples: Examples<Y>,
  options: TrainOptions<Y, State, Name>,
  definition: AnyLossDefinition,
): AsyncGenerator<Report<Name>, void, undefined> {
  const { epochs, validation, metrics = [], earlyStopping, signal } = options;
  const watch = earlyStopping && watchOf(net, earlyStopping);
  const all = open(net, examples, options, definition);
  const { engine, breath } = all;
  let failed = false;
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      let report = yield* runEpoch(all, epoch);
      if (report && validation) {
        const evaluation = await evaluateOn(engine, validation, metrics, breath, signal);
        report = evaluation && { ...report, validation: evaluation };
      }
      if (!report) return;
      if (watch) report = { ...report, best: isBest(watch, net, report) };
      yield report;
      if (watch && watch.waited >= watch.patience) return;
    }
  } catch (error) {
    failed = true; // the last report's weights are sound; those under way may not be
    throw error;
  } finally {
    const restored = watch !== undefined && restoreBest(watch, net);
    if (!restored && !failed) await copyBack(engine);
  }
}

/** Lays out the memory of a run. */
function open<Y extends Targets, State, Name extends string>(
  net: Network,
  examples: Examples<Y>,
  options: TrainOptions<Y, State, Name>,
  definition: AnyLossDefinition,
): Run<Y, State, Name> {
  const { optimizer, batchSize = 32, seed = net.seed, metrics = [], backend } = options;
  const rows = examples.x.shape[0];
  const batch = Math.min(batchSize, rows);
  const { engine, more: state } = startEngine(
    { net, backend, y: examples.y, definition, batch, seed, room: { backward: true } },
    (zeros, { parameters }) => optimizer.init(parameters, (like) => zeros(like.length, "float")),
  );
  const order = new Int32Array(rows);
  const tally = tallyOf(metrics);
  return { examples, options, engine, state, order, tally, breath: breathe(), step: 0 };
}

/** Shows the network every example once; returns the report at the end, or nothing when the signal was aborted. */
async function* runEpoch<Y extends Targets, State, Name extends string>(
  all: Run<Y, State, Name>,
  epoch: number,
): AsyncGenerator<Report<Name>, Report<Name> | undefined, undefined> {
  const { examples, engine, state, order, tally, breath } = all;
  const { net, session, work, pass } = engine;
  const { optimizer, epochs, metrics = [], progressEvery, signal } = all.options;
  const rows = order.length;
  permutation(order, shuffleStream(pass.seed, epoch));
  resetTally(tally);
  let since = performance.now();
  const report = async (endOfEpoch: boolean): Promise<Report<Name>> => {
    const seconds = (performance.now() - since) / 1000;
    if (!(await copyBack(engine)))
      throw diverged("finite weights, but one is not", epoch, all.step);
    return {
      epoch,
      epochs,
      step: all.step,
      steps: epochs * Math.ceil(rows / work.batch),
      endOfEpoch,
      loss: tally.loss / tally.count,
      metrics: meansOf(tally, metrics),
      samplesPerSecond: tally.count / seconds,
    };
  };
  for (let start = 0; start < rows; start += work.batch) {
    if (signal?.aborted) return undefined;
    const count = Math.min(work.batch, rows - start);
    for (let r = 0; r < count; r++) engine.rows[r] = order[start + r]!;
    pass.training = whileTraining;
    pass.step = all.step;
    const pending = runToLoss(engine, examples, count);
    if (pending) await pending; // a host backend has nothing to wait for, and a step is short
    const loss = engine.loss[0]!;
    if (!Number.isFinite(loss))
      throw diverged(`a finite loss, but loss is ${loss}`, epoch, all.step);
    addToTally(tally, metrics, engine, count);
    backpropagate(net, session, work, count);
    optimizer.step(work.parameters, work.grads, state, session.call);
    all.step++;
    const pause = breath();
    if (pause) await pause;
    if (progressEvery && all.step % progressEvery === 0 && start + count < rows) {
      const progress = await report(false);
      const left = performance.now();
      yield progress;
      since += performance.now() - left;
    }
  }
  return report(true);
}

function diverged(what: string, epoch: number, step: number): RangeError {
  return new RangeError(
    `train() expects ${what} in epoch ${epoch} after ${step} steps: lower the learning rate, ` +
      "clip the gradients, or standardise the inputs (the network keeps its last good weights)",
  );
}
