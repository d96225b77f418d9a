import type { Dtype } from "@feedforward/tensor";
import { cut, isJsonObject, type Json, type JsonObject, parseJson, shown } from "./json.ts";
import { refuse } from "./safetensors.ts";

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

const isStrings = (value: Found): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");

const isLayer = (value: Found): boolean =>
  isJsonObject(value) &&
  Object.keys(value).sort().join() === "name,options" &&
  typeof value.name === "string" &&
  isJsonObject(value.options);

/** Whether each entry can be what it is called; ranges are checked where a network is assembled. */
const checks: { readonly [K in keyof Description]-?: (value: Found) => boolean } = {
  format: (value) => value === 1,
  inputs: (value) => typeof value === "number",
  dtype: (value) => value === "float32" || value === "float64",
  seed: (value) => typeof value === "number",
  labels: (value) => value === undefined || isStrings(value),
  layers: (value) => Array.isArray(value) && value.every(isLayer),
  metadata: (value) => isJsonObject(value),
};

/** Reads a description; refuses whatever format 1 does not have. */
export function descriptionIn(caller: string, text: string | undefined): Description {
  if (text === undefined)
    return refuse(caller, "a network's description", "none (made by another program?)");
  const found = parseJson(text);
  if (!isJsonObject(found)) return refuse(caller, "a network's description in JSON", cut(text));
  expectKeys(caller, "a network's description", found, Object.keys(checks));
  for (const [name, check] of Object.entries(checks))
    if (!check(found[name]))
      refuse(caller, `a network's description of format 1, with ${name}`, shown(found[name]));
  return found as unknown as Description;
}

/** Throws when an object out of a file has a key that `keys` has not. */
export function expectKeys(
  caller: string,
  what: string,
  object: JsonObject,
  keys: readonly string[],
): void {
  const other = Object.keys(object).find((key) => !keys.includes(key));
  if (other !== undefined) refuse(caller, `${what} of no keys but ${keys.join(", ")}`, cut(other));
}
