import { testImages } from "./data-folder.ts";
import { embeddedDigits } from "./embedded-digits.ts";
import { accuracyLine, lossLine, mistakeLines } from "./evaluation-report.ts";
import type { Interrupts } from "./interrupts.ts";
import { loadRun } from "./load-run.ts";
import { runEvaluation } from "./run-evaluation.ts";
import type { Screen } from "./screen.ts";

/** The options of `evaluate`. */
export interface EvaluateOptions {
  readonly data?: string;
  readonly quiet?: boolean;
}

/** Evaluates a saved network on the images that its training has not seen. */
export async function evaluateCommand(
  path: string,
  options: EvaluateOptions,
  screen: Screen,
  { signal }: Interrupts,
): Promise<void> {
  const run = await loadRun(path);
  const folder = options.data ?? run.data;
  const digits = folder === undefined ? await embeddedDigits() : undefined;
  const images = digits ? await digits.test() : await testImages(folder ?? "");
  const name = digits?.testName ?? "test";
  try {
    const { loss, confusion } = await runEvaluation(run.net, images, screen, {
      ...options,
      signal,
    });
    screen.print(screen.bold(accuracyLine(name, confusion)));
    if (options.quiet) return;
    screen.print(lossLine(name, loss));
    screen.print(digits?.caveat ?? `On the test images of ${folder}.`);
    for (const line of ["", ...mistakeLines(confusion, run.net.labels ?? [], screen)])
      screen.print(line);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    screen.print("Stopped: nothing has changed.");
  }
}
