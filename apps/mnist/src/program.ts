import { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import type { EvaluateOptions } from "./evaluate-command.ts";
import type { PredictOptions } from "./predict-command.ts";
import { trainFlags } from "./train-flags.ts";
import type { TrainOptions } from "./train-settings.ts";

/** What the commands do. */
export interface Actions {
  train(options: TrainOptions): Promise<void>;
  evaluate(run: string, options: EvaluateOptions & { readonly plain?: boolean }): Promise<void>;
  predict(
    run: string,
    images: readonly string[],
    options: PredictOptions & { readonly plain?: boolean },
  ): Promise<void>;
}

const quiet = ["--quiet", "print the result alone"] as const;
const plain = ["--plain", "no live line and no colours"] as const;

/** The command line. Its errors are thrown as CommanderError, and not yet printed. */
export function programOf(actions: Actions): Command {
  const program = new Command("npm start --")
    .description(
      "Trains a neural network on handwritten digits, evaluates it, and lets it predict.",
    )
    .version(manifest.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
    .addHelpText("after", examples);

  const train = program
    .command("train", { isDefault: true })
    .description("train a network, and evaluate it on images that it has not seen (the default)")
    .allowExcessArguments(false)
    .addHelpText("after", trainExamples)
    .action((options: TrainOptions) => actions.train(options));
  for (const [heading, flags] of Object.entries(trainFlags))
    for (const flag of flags) train.addOption(flag.helpGroup(heading));

  program
    .command("evaluate")
    .description("evaluate a trained network on the test images of a folder")
    .argument("<run>", "the folder of a run, or its model.safetensors")
    .option("--data <folder>", "IDX files with MNIST's names (those that the run has learned from)")
    .option(...quiet)
    .option(...plain)
    .action(actions.evaluate.bind(actions));

  program
    .command("predict")
    .description("say which digit is in a picture")
    .argument("<run>", "the folder of a run, or its model.safetensors")
    .argument(
      "<image.png...>",
      "pictures of one digit each, of any size, dark on light or light on dark",
    )
    .option(...quiet)
    .option(...plain)
    .addHelpText("after", predictNotes)
    .action(actions.predict.bind(actions));
  return program;
}

const examples = `
Examples:
  npm start
  npm start -- --hidden 512,512 --epochs 20
  npm start -- train --data DIR
  npm start -- evaluate runs/1
  npm start -- predict runs/1 apps/mnist/examples/seven.png

npm start -- train --help lists all options of training.
Exit codes: 0 done, 1 failed, 2 the command line is wrong, 130 stopped by Ctrl-C.`;

const trainExamples = `
Examples:
  npm start -- --hidden 512,512 --dropout 0.5 --epochs 20
  npm start -- train --data DIR --optimizer adam --batch 128 --patience 3 --out runs/first
  npm start -- train --data DIR --momentum 0.9 --nesterov --epochs 5

Ctrl-C stops after the step under way and saves the network as it is then; Ctrl-\\ ends at once,
with the files of the last epoch.
The folder of a run holds model.safetensors, history.json and options.json.`;

const predictNotes = `
A picture is turned into what MNIST holds: grey, light on dark, scaled into a box of 20 x 20,
its centre of mass in the middle of 28 x 28. Transparent ground counts as ground.`;
