import { CommanderError } from "commander";
import { describe, expect, test } from "vitest";
import { type Actions, programOf } from "./program.ts";
import type { TrainOptions } from "./train-settings.ts";
import { unknownCommand, usageError } from "./usage-error.ts";

/** What a command line leads to: the name of the action and what it was given, or the error's text. */
async function run(...argv: string[]): Promise<unknown> {
  let called: unknown;
  const act =
    (name: string) =>
    async (...args: unknown[]): Promise<void> => {
      called = [name, ...args.slice(0, name === "predict" ? 3 : name === "evaluate" ? 2 : 1)];
    };
  const program = programOf({
    train: act("train"),
    evaluate: act("evaluate"),
    predict: act("predict"),
  } as Actions);
  const unknown = unknownCommand(argv, program);
  if (unknown) return unknown;
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return usageError(error, program, argv);
    throw error;
  }
  return called;
}

describe("a command line", () => {
  test("without a command trains", async () => {
    const defaults = await run();
    expect(defaults).toMatchInlineSnapshot(`
      [
        "train",
        {
          "activation": "relu",
          "backend": "wasm",
          "batch": 32,
          "dropout": 0.2,
          "epochs": 10,
          "hidden": [
            128,
          ],
          "inputDropout": 0.1,
          "labelSmoothing": 0,
          "momentum": 0,
          "optimizer": "sgd",
          "pixels": "standard",
          "schedule": "cosine",
          "seed": 0,
          "validation": 0.1,
          "warmUp": 0,
          "weightDecay": 0,
        },
      ]
    `);
    expect(await run("train")).toEqual(defaults);
    expect(await run("--epochs", "3")).toEqual(await run("train", "--epochs", "3"));
  });

  test("takes every option of training", async () => {
    const text =
      "train --data d --validation 0.2 --pixels unit --hidden 512,256 --activation tanh --dropout 0.5 --input-dropout 0.1 " +
      "--epochs 3 --batch 64 --optimizer sgd --learning-rate 0.01 --momentum 0.8 --nesterov " +
      "--schedule inverse-time --decay 0.5 --warm-up 0.5 --weight-decay 1e-4 --clip-norm 2 " +
      "--label-smoothing 0.1 --patience 4 --seed 7 --backend reference --out o --force --quiet --plain";
    const [, options] = (await run(...text.split(" "))) as [string, TrainOptions];
    expect(options).toEqual({
      data: "d",
      validation: 0.2,
      pixels: "unit",
      hidden: [512, 256],
      activation: "tanh",
      dropout: 0.5,
      inputDropout: 0.1,
      epochs: 3,
      batch: 64,
      optimizer: "sgd",
      learningRate: 0.01,
      momentum: 0.8,
      nesterov: true,
      schedule: "inverse-time",
      decay: 0.5,
      warmUp: 0.5,
      weightDecay: 1e-4,
      clipNorm: 2,
      labelSmoothing: 0.1,
      patience: 4,
      seed: 7,
      backend: "reference",
      out: "o",
      force: true,
      quiet: true,
      plain: true,
    });
  });

  test("evaluates and predicts", async () => {
    expect(await run("evaluate", "r", "--data", "d")).toEqual(["evaluate", "r", { data: "d" }]);
    expect(await run("predict", "r", "a.png", "b.png", "--quiet")).toEqual([
      "predict",
      "r",
      ["a.png", "b.png"],
      { quiet: true },
    ]);
  });

  test("with a mistake is refused with the nearest right one, or with what is allowed", async () => {
    expect(await run("--hiden", "5")).toMatchInlineSnapshot(
      `"unknown option '--hiden'. Did you mean --hidden? npm start -- train --help lists all options"`,
    );
    expect(await run("train", "--lr=0.1")).toMatchInlineSnapshot(
      `"unknown option '--lr=0.1'. Did you mean --learning-rate? npm start -- train --help lists all options"`,
    );
    expect(await run("--batch-size", "5")).toMatchInlineSnapshot(
      `"unknown option '--batch-size'. Did you mean --batch? npm start -- train --help lists all options"`,
    );
    expect(await run("evaluate", "r", "--dat", "d")).toMatchInlineSnapshot(
      `"unknown option '--dat'. Did you mean --data? npm start -- evaluate --help lists all options"`,
    );
    expect(await run("evalute", "r")).toMatchInlineSnapshot(
      `"unknown command 'evalute'. Did you mean evaluate? The commands are train, evaluate, predict"`,
    );
    expect(await run("--epochs", "0")).toMatchInlineSnapshot(`
      "option '--epochs <n>' argument '0' is invalid. It takes a whole number from 1
      npm start -- train --help tells more"
    `);
    expect(await run("--epochs")).toMatchInlineSnapshot(`
      "option '--epochs <n>' argument missing
      npm start -- train --help tells more"
    `);
    expect(await run("--hidden", "-5")).toMatchInlineSnapshot(`
      "option '--hidden <widths>' argument '-5' is invalid. It takes whole numbers from 1 to 65536, with commas between them, as in 512,512; or none
      npm start -- train --help tells more"
    `);
    expect(await run("--activation", "rellu")).toMatchInlineSnapshot(`
      "option '--activation <name>' argument 'rellu' is invalid. Allowed choices are relu, tanh, sigmoid, leaky-relu, elu, softplus, linear
      npm start -- train --help tells more"
    `);
    expect(await run("--learning-rate", "-1")).toMatchInlineSnapshot(`
      "option '--learning-rate <rate>' argument '-1' is invalid. It takes a number above 0
      npm start -- train --help tells more"
    `);
    expect(await run("predict", "r")).toMatchInlineSnapshot(`
      "missing required argument 'image.png'
      npm start -- predict --help tells more"
    `);
    expect(await run("train", "extra")).toMatchInlineSnapshot(`
      "too many arguments for 'train'. Expected 0 arguments but got 1
      npm start -- train --help tells more"
    `);
  });
});
