import { Option } from "commander";
import { activations } from "./activation-names.ts";
import { backendNames } from "./backend-of.ts";
import {
  fraction,
  hiddenWidths,
  notNegative,
  positive,
  positiveInteger,
  seedValue,
} from "./option-values.ts";

const flag = (flags: string, description: string): Option => new Option(flags, description);

/** The options of `train` under the headings of its help. */
export const trainFlags: Readonly<Record<string, readonly Option[]>> = {
  "Data:": [
    flag("--data <folder>", "IDX files with MNIST's names, raw or .gz (the 10,000 digits inside)"),
    flag("--validation <share>", "share of the training images kept for validation")
      .argParser(fraction)
      .default(0.1),
    flag("--pixels <scale>", "to mean 0 and standard deviation 1, or to [0, 1]")
      .choices(["standard", "unit"])
      .default("standard"),
  ],
  "Network:": [
    flag("--hidden <widths>", "units of the hidden layers, as in 512,512; or none")
      .argParser(hiddenWidths)
      .default([128], "128"),
    flag("--activation <name>", "of the hidden units")
      .choices(Object.keys(activations))
      .default("relu"),
    flag("--dropout <rate>", "share of hidden units dropped").argParser(fraction).default(0.2),
    flag("--input-dropout <rate>", "share of pixels dropped").argParser(fraction).default(0.1),
  ],
  "Training:": [
    flag("--epochs <n>", "how often every image is seen").argParser(positiveInteger).default(10),
    flag("--batch <n>", "images in a step").argParser(positiveInteger).default(32),
    flag("--optimizer <name>", "how steps are made").choices(["sgd", "adam"]).default("sgd"),
    flag(
      "--learning-rate <rate>",
      "at its highest (sgd 0.1, or with momentum 0.1 (1 - momentum); adam 0.001)",
    ) //
      .argParser(positive),
    flag("--momentum <share>", "of sgd: how much of a step goes on into the next")
      .argParser(fraction)
      .default(0),
    flag("--nesterov", "momentum that looks one step ahead"),
    flag("--schedule <name>", "how the learning rate falls")
      .choices(["cosine", "inverse-time", "constant"])
      .default("cosine"),
    flag("--decay <d>", "of inverse-time: rate / (1 + d epochs) (1)").argParser(notNegative),
    flag("--warm-up <epochs>", "over which the learning rate rises first")
      .argParser(notNegative)
      .default(0),
    flag("--weight-decay <rate>", "pulls weights towards 0, decoupled")
      .argParser(notNegative)
      .default(0),
    flag("--clip-norm <norm>", "the longest a gradient may be (no limit)").argParser(positive),
    flag("--label-smoothing <share>", "of each target, spread over all classes")
      .argParser(fraction)
      .default(0),
    flag("--patience <epochs>", "stop after so many without a lower validation loss (never)") //
      .argParser(positiveInteger),
    flag("--seed <n>", "of weights, shuffling and dropout").argParser(seedValue).default(0),
    flag(
      "--backend <name>",
      "what computes: SIMD kernels; with the products of the system's BLAS; plain JavaScript; or fastest: the BLAS, on all processors, where there is one, else the kernels",
    )
      .choices(backendNames)
      .default("wasm"),
  ],
  "Output:": [
    flag("--out <folder>", "of the results (the next free runs/1, runs/2, ...)"),
    flag("--force", "overwrite the run that is in --out"),
    flag("--quiet", "print the result alone"),
    flag("--plain", "no live line and no colours"),
  ],
};
