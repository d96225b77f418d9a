import type { Dtype } from "@feedforward/tensor";
import {
  cut,
  isJsonObject,
  isString,
  type Json,
  type JsonObject,
  parseJson,
  shown,
} from "./json.ts";
import { refuseFile } from "./safetensors.ts";

/** How a file describes a network, as JSON under `__metadata__.feedforward`. */
export interface Description {
  readonly format: 1;
  readonly inputs: number;
  readonly dtype: Dtype;
  readonly seed: number;
  readonly labels?: readonly string[];
  readonly layers: readonly { readonly name: string; readonly options: JsonObject }[];
  readonly metadata: JsonObject;
}

type Found = Json | undefined;

const isLayer = (value: Found): boolean =>
  isJsonObject(value) &&
  Object.keys(value).sort().join() === "name,options" &&
  isString(value.name) &&
  isJsonObject(value.options);

/** Whether each entry can be what it is called; ranges are checked where a network is assembled. */
const checks: { readonly [K in keyof Description]-?: (value: Found) => boolean } = {
  format: (value) => value === 1,
  inputs: (value) => typeof value === "number",
  dtype: (value) => value === "float32" || value === "float64",
  seed: (value) => typeof value === "number",
  labels: (value) => value === undefined || (Array.isArray(value) && value.every(isString)),
  layers: (value) => Array.isArray(value) && value.length > 0 && value.every(isLayer),
  metadata: (value) => isJsonObject(value),
};

/** Reads a description; refuses whatever format 1 does not have. */
export function descriptionIn(text = "none"): Description {
  const found = parseJson(text);
  if (!isJsonObject(found)) return refuseFile("a network's description of format 1", cut(text));
  for (const name of Object.keys({ ...checks, ...found }))
    if (!Object.hasOwn(checks, name) || !checks[name as keyof Description](found[name]))
      refuseFile("a network's description of format 1", cut(`${name}: ${shown(found[name])}`));
  return found as unknown as Description;
}
