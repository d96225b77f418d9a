import { readFile } from "node:fs/promises";
import { predictor } from "@feedforward/mlp";
import { fileError } from "./file-error.ts";
import { blockPicture } from "./image/block-picture.ts";
import { prepareDigit, SIDE } from "./image/prepare-digit.ts";
import { readPng } from "./image/read-png.ts";
import { loadRun } from "./load-run.ts";
import { predictionLines } from "./prediction-lines.ts";
import type { Screen } from "./screen.ts";
import { UserError } from "./user-error.ts";

/** The options of `predict`. */
export interface PredictOptions {
  readonly quiet?: boolean;
}

/** Says of each picture which class a saved network takes it for. */
export async function predictCommand(
  path: string,
  pictures: readonly string[],
  options: PredictOptions,
  screen: Screen,
): Promise<void> {
  const { net, height, width, path: file } = await loadRun(path);
  if (height !== SIDE || width !== SIDE)
    throw new UserError(
      `predict is for networks of images of ${SIDE} x ${SIDE} pixels, but ${file} takes ${width} x ${height}`,
    );
  const predictOne = predictor(net);
  for (const name of pictures) {
    const bytes = await readFile(name).catch((cause: unknown) => {
      throw fileError("read", name, cause);
    });
    const image = prepareDigit(readPng(bytes, name));
    if (!image)
      throw new UserError(
        `${name} has no ink: everything in it is of much the same brightness, and a dark digit on light ` +
          "ground, or a light one on dark, is expected",
      );
    const { probabilities, labels } = predictOne({ shape: [1, SIDE * SIDE], data: image });
    const label = labels?.[0] ?? "";
    if (options.quiet) screen.print(`${name}: ${label}`);
    else {
      const lines = predictionLines(
        probabilities.data,
        net.labels ?? [],
        blockPicture(image, SIDE),
      );
      screen.print(screen.bold(`${name}: ${label}`));
      for (const line of ["", ...lines, ""]) screen.print(line);
    }
  }
}
