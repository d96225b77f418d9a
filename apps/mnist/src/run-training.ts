import { softmaxCrossEntropy } from "@feedforward/losses";
import { type Network, summary, train } from "@feedforward/mlp";
import type { Backend, Examples } from "@feedforward/tensor";
import type { Epoch } from "./epoch-table.ts";
import { learningRateOf } from "./learning-rate.ts";
import { optimizerOf } from "./optimizer-of.ts";
import { paceOf } from "./pace.ts";
import { type Progress, progressLine, progressText } from "./progress-line.ts";
import type { Screen } from "./screen.ts";
import type { TrainSettings } from "./train-settings.ts";

const REDRAW = 100; // ms
const PLAIN_LINE = 10_000; // ms between two lines within an epoch, where there is no live line
const REPORT_WORK = 1e8; // multiplications between two reports: some ten reports a second

/** What is trained on what. */
export interface Training {
  readonly net: Network;
  readonly train: Examples<Int32Array>;
  readonly validation?: Examples<Int32Array>;
  readonly settings: TrainSettings;
  readonly backend: Backend;
  /** About the backend, to be said behind its name. */
  readonly note: string;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/**
 * Trains, shows how it goes, and hands on each epoch as it ends.
 *
 * While an epoch is being handled, and after the end, `net` holds the weights reached.
 */
export async function* runTraining(training: Training): AsyncGenerator<Epoch, void, undefined> {
  const { net, validation, settings, backend, screen, signal } = training;
  const { batch: batchSize, epochs, patience, labelSmoothing } = settings;
  const rows = training.train.y.length;
  const schedule = learningRateOf(settings, Math.ceil(rows / batchSize));
  let latest: Pick<Progress, "epoch" | "loss" | "samplesPerSecond"> = { epoch: 1 };
  let drawn = performance.now();
  const draw = (): void => {
    const now = performance.now();
    if (now - drawn < (screen.live ? REDRAW : PLAIN_LINE)) return;
    drawn = now;
    const left = pace.secondsLeft();
    const progress: Progress = {
      ...latest,
      epochs,
      done: pace.done(),
      ...(left !== undefined && { secondsLeft: left }),
    };
    if (screen.live) screen.show(progressLine(progress, screen.columns()));
    else if (!settings.quiet) screen.print(progressText(progress));
  };
  const pace = paceOf(rows, validation?.y.length ?? 0, epochs, draw);
  const work = 6 * summary(net).parameters * batchSize; // forward 2, backward 4 per weight and row
  let began = performance.now();
  const run = train(net, training.train, {
    loss: softmaxCrossEntropy({ labelSmoothing }),
    optimizer: optimizerOf(settings, schedule),
    epochs,
    batchSize,
    seed: settings.seed,
    metrics: [pace.metric],
    ...(validation && { validation }),
    ...(patience !== undefined && { earlyStopping: { patience } }),
    progressEvery: Math.ceil(REPORT_WORK / work),
    backend,
    signal,
  });
  for await (const report of run) {
    const { epoch, loss, metrics, step, samplesPerSecond } = report;
    if (!report.endOfEpoch) {
      latest = { epoch, loss, samplesPerSecond };
      continue;
    }
    latest = { epoch: Math.min(epoch + 1, epochs), loss, samplesPerSecond };
    const seconds = (performance.now() - began) / 1000;
    yield {
      epoch,
      loss,
      accuracy: metrics.accuracy,
      ...(report.validation && { validation: report.validation }),
      learningRate: schedule({ step: step - 1 }),
      samplesPerSecond: Math.round(samplesPerSecond),
      seconds,
      ...(report.best !== undefined && { best: report.best }),
    };
    began = performance.now();
  }
}
