/** What can be written to a file as it is. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: Json };

const DEEPEST = 100;

/** Whether `value` is an object, and no array. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isString = (value: unknown): value is string => typeof value === "string";

/** Throws unless `value` is the same once written and read. `path` names it in the error. */
export function expectJson(caller: string, path: string, value: unknown, depth = 0): void {
  const found = unlikeJson(value, depth);
  if (found !== undefined)
    throw new TypeError(`${caller}() expects ${path} to be JSON, but ${path} is ${found}`);
  if (typeof value !== "object" || value === null) return;
  for (const [key, entry] of Object.entries(value))
    expectJson(
      caller,
      Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`,
      entry,
      depth + 1,
    );
}

/** What a value is that JSON does not have; undefined for one that it has. */
function unlikeJson(value: unknown, depth: number): string | undefined {
  if (value === null || typeof value === "boolean" || typeof value === "string") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : String(value);
  if (typeof value !== "object") return value === undefined ? "undefined" : `a ${typeof value}`;
  if (depth > DEEPEST) return `more than ${DEEPEST} deep, or in a circle`;
  const prototype: unknown = Object.getPrototypeOf(value);
  const plain = Array.isArray(value) || prototype === Object.prototype || prototype === null;
  return plain ? undefined : `a ${value.constructor.name}`;
}

/**
 * Reads JSON that says one thing only: an object that names a key twice is refused, and so is what is
 * nested more than 100 deep. Returns undefined for what is refused.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return countOf(value) === keysIn(text) ? value : undefined;
}

/** How many keys the objects in `value` have; NaN when it is nested too deep. */
function countOf(value: unknown, depth = 0): number {
  if (typeof value !== "object" || value === null) return 0;
  if (depth > DEEPEST) return Number.NaN;
  const entries = Object.values(value);
  let count = Array.isArray(value) ? 0 : entries.length;
  for (const entry of entries) count += countOf(entry, depth + 1);
  return count;
}

/** How many keys JSON writes: strings that a colon follows. */
function keysIn(text: string): number {
  let count = 0;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*:?/g))
    if (token.endsWith(":")) count++;
  return count;
}

/** A value out of a file, as JSON that an error message can hold. */
export const shown = (value: unknown): string => cut(String(JSON.stringify(value)));

/** A text that an error message can hold. */
export const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
