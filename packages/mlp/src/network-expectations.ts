import { ShapeError, type Standardiser } from "@feedforward/tensor";
import type { Layer } from "./layer.ts";

const METHODS = ["outputs", "parameters", "layout", "forward", "backward"] as const;

/** Throws unless `layers` is an array of one layer or more. */
export function expectLayers(caller: string, layers: readonly Layer[]): void {
  if (!Array.isArray(layers))
    throw new TypeError(
      `${caller}() expects layers as an array, but layers is of type ${typeof layers}: ` +
        "put the layers in brackets, as in [dense(10)]",
    );
  if (layers.length === 0)
    throw new RangeError(
      `${caller}() expects at least one layer, but layers is []: end with dense(outputs)`,
    );
}

/** Throws unless `layer` is a layer; the commonest mistake is a factory that was not called. */
export function expectLayer(caller: string, layer: Layer, k: number): void {
  if (typeof layer === "function")
    throw new TypeError(
      `${caller}() expects layers, but layers[${k}] is a function: call it, as in dense(10)`,
    );
  const missing = METHODS.find((method) => typeof layer?.[method] !== "function");
  if (missing)
    throw new TypeError(
      `${caller}() expects layers with ${METHODS.join(", ")}, but layers[${k}] has no ${missing}`,
    );
}

/** Throws unless there is one label for each class, each another. A single output tells two classes apart. */
export function expectLabels(caller: string, labels: readonly string[], outputs: number): void {
  const classes = outputs === 1 ? 2 : outputs;
  if (labels.length !== classes)
    throw new ShapeError(
      `${caller}() expects a label for each of ${classes} classes, but labels has ${labels.length}`,
    );
  const twice = labels.findIndex((label, i) => labels.indexOf(label) !== i);
  if (twice >= 0)
    throw new RangeError(
      `${caller}() expects labels that differ, but labels[${twice}] is ${JSON.stringify(labels[twice])} again`,
    );
}

/** Throws unless there are a finite mean and a positive deviation for each input. */
export function expectStandardiser(
  caller: string,
  { mean, std }: Standardiser,
  inputs: number,
): void {
  if (mean.length !== inputs || std.length !== inputs)
    throw new ShapeError(
      `${caller}() expects a standardiser of ${inputs} columns, ` +
        `but mean has ${mean.length} and std has ${std.length}`,
    );
  for (let i = 0; i < inputs; i++) {
    if (!Number.isFinite(mean[i]))
      throw new RangeError(`${caller}() expects a finite mean, but mean[${i}] is ${mean[i]}`);
    if (!(std[i]! > 0 && std[i]! < Number.POSITIVE_INFINITY))
      throw new RangeError(
        `${caller}() expects a finite std above 0, but std[${i}] is ${std[i]}: use 1 for a constant column`,
      );
  }
}
