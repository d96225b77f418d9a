import type { Json } from "@feedforward/mlp";
import { backendOf } from "./backend-of.ts";
import { dataFolder } from "./data-folder.ts";
import { classesOf, type DataSet, withValidation } from "./data-set.ts";
import { describeTraining } from "./describe-training.ts";
import { embeddedDigits } from "./embedded-digits.ts";
import { type Epoch, epochHeader, epochRow } from "./epoch-table.ts";
import { accuracyLine, lossLine, mistakeLines } from "./evaluation-report.ts";
import type { Interrupts } from "./interrupts.ts";
import { networkOf } from "./network-of.ts";
import { runEvaluation } from "./run-evaluation.ts";
import { HISTORY, MODEL, makeRunFolder, OPTIONS, type RunFolder } from "./run-folder.ts";
import { runTraining, type Training } from "./run-training.ts";
import type { Screen } from "./screen.ts";
import { settle, type TrainOptions } from "./train-settings.ts";
import { UserError } from "./user-error.ts";

const EXAMPLE = "apps/mnist/examples/seven.png";

type Say = (...lines: readonly string[]) => void;

/** Trains a network, evaluates it on images that it has never seen, and leaves both in a run's folder. */
export async function trainCommand(
  options: TrainOptions,
  screen: Screen,
  { signal }: Interrupts,
): Promise<void> {
  const settings = settle(options);
  const say: Say = (...lines) => {
    if (!settings.quiet) for (const line of lines) screen.print(line);
  };
  const data =
    settings.data === undefined ? await embeddedDigits() : await dataFolder(settings.data);
  const parts = withValidation(data.train, settings.validation);
  const net = networkOf(settings, parts.train.x, classesOf(data.train));
  const { backend, note } = await backendOf(settings.backend);
  const training: Training = { net, ...parts, settings, backend, note, screen, signal };
  const folder = await makeRunFolder(settings.out, settings.force ?? false);
  const saved = `${folder.path} (${MODEL}, ${HISTORY}, ${OPTIONS})`;
  const evaluateIt = `npm start -- evaluate ${folder.path}`;

  say(...describeTraining(training, data), "", ...epochHeader.map(screen.dim));
  const history = await trainAndSave(training, folder, descriptionOf(training, data), say);
  if (signal.aborted) {
    screen.print(`Stopped in epoch ${history.length + 1}. The network as it is now is saved in`);
    screen.print(`  ${saved}`);
    screen.print(`To see how good it is: ${evaluateIt}`);
    return;
  }
  say(...keptEpoch(history), "");
  try {
    await evaluateAtEnd(training, data, say);
  } catch (cause) {
    screen.print(`The network is saved in ${saved}.`);
    if (!signal.aborted) throw cause;
    screen.print(`Stopped while it was evaluated. To do that again: ${evaluateIt}`);
    return;
  }
  say("", `Saved in ${saved}.`, `Next: npm start -- predict ${folder.path} ${EXAMPLE}`);
}

async function trainAndSave(
  training: Training,
  folder: RunFolder,
  description: { readonly [key: string]: Json },
  say: Say,
): Promise<readonly Epoch[]> {
  const history: Epoch[] = [];
  const save = (): Promise<void> =>
    folder.save(training.net, history as unknown as Json[], description);
  try {
    for await (const epoch of runTraining(training)) {
      history.push(epoch);
      say(epochRow(epoch));
      await save();
    }
    await save(); // the weights where it was stopped, or the best ones
    return history;
  } catch (cause) {
    await folder.leave();
    if (!(cause instanceof RangeError)) throw cause;
    const saved = history.length
      ? ` ${folder.path} holds the network of epoch ${history.length}.`
      : "";
    throw new UserError(
      `${cause.message}.\nTry a smaller --learning-rate, or --clip-norm 1.${saved}`,
      { cause },
    );
  }
}

async function evaluateAtEnd(training: Training, data: DataSet, say: Say): Promise<void> {
  const { net, screen, signal, settings, backend } = training;
  const { loss, confusion } = await runEvaluation(net, await data.test(), screen, {
    backend,
    signal,
    quiet: settings.quiet ?? false,
  });
  screen.print(screen.bold(accuracyLine(data.testName, confusion)));
  say(lossLine(data.testName, loss), data.caveat, "");
  say(...mistakeLines(confusion, net.labels ?? [], screen));
}

/** What goes into options.json, and into the model. */
function descriptionOf(training: Training, data: DataSet): { readonly [key: string]: Json } {
  const { out: _, force: _force, quiet: _quiet, plain: _plain, ...options } = training.settings;
  return {
    program: "@feedforward/mnist",
    backend: training.backend.name,
    data: options.data ?? null,
    images: { height: data.train.height, width: data.train.width },
    examples: { training: training.train.y.length, validation: training.validation?.y.length ?? 0 },
    options: options as unknown as Json,
  };
}

/** Which epoch's weights are kept, where those are not the last ones. */
function keptEpoch(history: readonly Epoch[]): readonly string[] {
  const best = history.findLast((epoch) => epoch.best);
  if (!best || best === history.at(-1)) return [];
  return [`The weights of epoch ${best.epoch} are kept: it has the lowest validation loss.`];
}
