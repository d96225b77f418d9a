import type { Json } from "@feedforward/mlp";
import { dataFolder } from "./data-folder.ts";
import { classesOf, type DataSet, withValidation } from "./data-set.ts";
import { describeTraining } from "./describe-training.ts";
import { embeddedDigits } from "./embedded-digits.ts";
import { type Epoch, epochHeader, epochRow } from "./epoch-table.ts";
import { accuracyLine, lossLine, mistakeLines } from "./evaluation-report.ts";
import type { Interrupts } from "./interrupts.ts";
import { networkOf } from "./network-of.ts";
import { runEvaluation } from "./run-evaluation.ts";
import { HISTORY, MODEL, makeRunFolder, OPTIONS } from "./run-folder.ts";
import { runTraining, type Training } from "./run-training.ts";
import type { Screen } from "./screen.ts";
import { settle, type TrainOptions } from "./train-settings.ts";
import { UserError } from "./user-error.ts";

const EXAMPLE = "apps/mnist/examples/seven.png";

/** Trains a network, evaluates it on images that it has never seen, and leaves both in a run's folder. */
export async function trainCommand(
  options: TrainOptions,
  screen: Screen,
  interrupts: Interrupts,
): Promise<void> {
  const settings = settle(options);
  const { signal } = interrupts;
  const { quiet = false } = settings;
  const say = (...lines: readonly string[]): void => {
    if (!quiet) for (const line of lines) screen.print(line);
  };
  const data =
    settings.data === undefined ? await embeddedDigits() : await dataFolder(settings.data);
  const parts = withValidation(data.train, settings.validation);
  const net = networkOf(settings, parts.train.x, classesOf(data.train));
  const folder = await makeRunFolder(settings.out, settings.force ?? false);
  const training: Training = { net, ...parts, settings, screen, signal };
  const description = descriptionOf(training, data);
  say(...describeTraining(training, data), "", ...epochHeader.map(screen.dim));

  const history: Epoch[] = [];
  const save = (): Promise<void> => folder.save(net, history as unknown as Json[], description);
  try {
    for await (const epoch of runTraining(training)) {
      history.push(epoch);
      say(epochRow(epoch));
      await save();
    }
    await save(); // the weights where it was stopped, or the best ones
  } catch (cause) {
    await folder.leave();
    throw explained(cause, folder.path, history.length);
  }
  const evaluateIt = `npm start -- evaluate ${folder.path}`;
  const savedIn = `${folder.path} (${MODEL}, ${HISTORY}, ${OPTIONS})`;
  if (signal.aborted) {
    screen.print(`Stopped in epoch ${history.length + 1}. The network as it is now is saved in`);
    screen.print(`  ${savedIn}`);
    screen.print(`To see how good it is: ${evaluateIt}`);
    return;
  }
  say(...stoppedEarly(history, settings.epochs), "");
  try {
    const { loss, confusion } = await runEvaluation(net, await data.test(), screen, {
      signal,
      quiet,
    });
    screen.print(screen.bold(accuracyLine(data.testName, confusion)));
    say(
      lossLine(data.testName, loss),
      data.caveat,
      "",
      ...mistakeLines(confusion, net.labels ?? [], screen),
    );
  } catch (cause) {
    screen.print(`The network is saved in ${savedIn}.`);
    if (!signal.aborted) throw cause;
    screen.print(`Stopped while it was evaluated. To do that again: ${evaluateIt}`);
    return;
  }
  say("", `Saved in ${savedIn}.`, `Next: npm start -- predict ${folder.path} ${EXAMPLE}`);
}

function descriptionOf(training: Training, data: DataSet): { readonly [key: string]: Json } {
  const { out: _, force: _force, quiet: _quiet, plain: _plain, ...options } = training.settings;
  return {
    program: "@feedforward/mnist",
    backend: "reference",
    data: options.data ?? null,
    images: { height: data.train.height, width: data.train.width },
    examples: { training: training.train.y.length, validation: training.validation?.y.length ?? 0 },
    options: options as unknown as Json,
  };
}

function stoppedEarly(history: readonly Epoch[], epochs: number): readonly string[] {
  const best = history.findLast((epoch) => epoch.best);
  if (!best || (history.length === epochs && best.epoch === epochs)) return [];
  return [`The weights of epoch ${best.epoch} are kept: it has the lowest validation loss.`];
}

/** The error of a run, with what can be done about it here. */
function explained(cause: unknown, folder: string, epochs: number): unknown {
  if (!(cause instanceof RangeError)) return cause;
  const saved = epochs > 0 ? ` ${folder} holds the network of epoch ${epochs}.` : "";
  return new UserError(
    `${cause.message}.\nTry a smaller --learning-rate, or --clip-norm 1.${saved}`,
    { cause },
  );
}
