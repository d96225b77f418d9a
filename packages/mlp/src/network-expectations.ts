import { ShapeError, type Standardiser } from "@feedforward/tensor";
import { expectFunctions } from "./expectations.ts";
import type { Layer } from "./layer.ts";
import { kindOf, refuse } from "./refuse.ts";

const METHODS = ["outputs", "parameters", "layout", "forward", "backward"] as const;

/** Throws unless `layers` is an array of one layer or more. */
export function expectLayers(caller: string, layers: readonly Layer[]): void {
  const isArray = Array.isArray(layers);
  if (!isArray || layers.length === 0)
    refuse(
      isArray ? RangeError : TypeError,
      caller,
      "an array of at least one layer",
      `layers is ${isArray ? "[]" : kindOf(layers)}: write [dense(outputs)]`,
    );
}

/** Throws unless `layer` is a layer. */
export const expectLayer = (caller: string, layer: Layer, k: number): void =>
  expectFunctions(caller, `layers[${k}]`, layer, METHODS, "call its factory, as in dense(10)");

/** Throws unless there is one label for each class, each another. A single output tells two classes apart. */
export function expectLabels(caller: string, labels: readonly string[], outputs: number): void {
  const classes = outputs === 1 ? 2 : outputs;
  const fits = labels.length === classes;
  if (!fits || new Set(labels).size < classes)
    refuse(
      fits ? RangeError : ShapeError,
      caller,
      `a label of its own for each of ${classes} classes`,
      `labels is [${labels.join(", ")}]`,
    );
}

/** Throws unless there are a finite mean and a finite deviation above 0 for each input. */
export function expectStandardiser(
  caller: string,
  { mean, std }: Standardiser,
  inputs: number,
): void {
  if (mean.length !== inputs || std.length !== inputs)
    refuse(
      ShapeError,
      caller,
      `a standardiser of ${inputs} columns`,
      `mean has ${mean.length} and std has ${std.length}`,
    );
  for (let i = 0; i < inputs; i++)
    if (!Number.isFinite(mean[i]) || !(std[i]! > 0 && std[i]! < Infinity))
      refuse(
        RangeError,
        caller,
        "a finite mean and a finite std above 0",
        `mean[${i}] is ${mean[i]} and std[${i}] is ${std[i]}: use 1 for a constant column`,
      );
}
