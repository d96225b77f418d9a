import { CommanderError } from "commander";
import { evaluateCommand } from "./evaluate-command.ts";
import { listenForInterrupts } from "./interrupts.ts";
import { predictCommand } from "./predict-command.ts";
import { programOf } from "./program.ts";
import { type Screen, screenOn } from "./screen.ts";
import { trainCommand } from "./train-command.ts";
import { unknownCommand, usageError } from "./usage-error.ts";
import { UserError } from "./user-error.ts";

const FAILED = 1;
const WRONG_USAGE = 2;

let screen = screenOn(process.stdout);
const interrupts = listenForInterrupts(() => {
  screen.print("Stopping: the step under way is finished first. Ctrl-C again leaves at once.");
});
const screenFor = ({ plain = false }: { readonly plain?: boolean }): Screen => {
  screen = screenOn(process.stdout, { plain });
  return screen;
};
const program = programOf({
  train: (options) => trainCommand(options, screenFor(options), interrupts),
  evaluate: (run, options) => evaluateCommand(run, options, screenFor(options), interrupts),
  predict: (run, images, options) => predictCommand(run, images, options, screenFor(options)),
});

function fail(text: string, code: number): void {
  screen.show("");
  process.stderr.write(`error: ${text}\n`);
  process.exitCode = code;
}

/** Errors that say what to do are shown as they are; any other is a fault of the program, with its stack. */
function describe(error: unknown): string {
  if (error instanceof UserError || error instanceof RangeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const argv = process.argv.slice(2);
const unknown = unknownCommand(argv, program);
if (unknown) fail(unknown, WRONG_USAGE);
else
  try {
    await program.parseAsync(argv, { from: "user" });
    process.exitCode = interrupts.exitCode() ?? 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) fail(describe(error), FAILED);
    else if (error.exitCode !== 0) fail(usageError(error, program, argv), WRONG_USAGE);
  }
