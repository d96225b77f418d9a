import type { Matrix } from "@feedforward/tensor";

// By the name of its constructor, so that an array of another realm is known too.
const kindOf = (x: unknown): string => Object(x).constructor?.name ?? "Object";

/** Whether `x` holds classes. */
export const isClasses = (x: unknown): x is Int32Array => kindOf(x) === "Int32Array";

/** Whether `x` is of the kind of a matrix, { shape, data } of floats, whatever its shape. */
export const isTensor = (x: unknown): x is Matrix =>
  Array.isArray(Object(x).shape) && /^Float(32|64)Array$/.test(kindOf(Object(x).data));

/** Whether the data of a tensor fit its shape, two positive integers. The entries are not looked at. */
export function isMatrix({ shape, data }: Matrix): boolean {
  const [rows, columns] = shape;
  const sizes = shape.length === 2 && shape.every((size) => Number.isInteger(size) && size > 0);
  return sizes && data.length === rows * columns;
}

/** What `x` is, for an error: "undefined", "Int32Array(3)", "{ shape: [2, 3], data: Float32Array(5) }". */
export function shown(x: unknown): string {
  if (x === null || x === undefined) return `${x}`;
  const { shape, data, length } = Object(x);
  if (shape) return `{ shape: [${[shape].flat().join(", ")}], data: ${shown(data)} }`;
  return `${kindOf(x)}${length >= 0 ? `(${length})` : ""}`;
}
