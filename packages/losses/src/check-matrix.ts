import { type FloatArray, type Matrix, ShapeError } from "@feedforward/tensor";

/** The name of a built-in kind of object, of another realm too: "Int32Array", "Array", "Object". */
const tagOf = (x: unknown): string => Object.prototype.toString.call(x).slice(8, -1);

/** Whether `x` holds classes. */
export function isClasses(x: unknown): x is Int32Array {
  return tagOf(x) === "Int32Array";
}

/** Whether `x` is made like a tensor: { shape, data } of floats. */
export function isTensor(x: unknown): x is { shape: readonly number[]; data: FloatArray } {
  const { shape, data } = (x ?? {}) as Partial<Matrix>;
  return Array.isArray(shape) && ["Float32Array", "Float64Array"].includes(tagOf(data));
}

/** Throws unless `x` is a matrix whose data fit its shape. Constant time: the entries are not looked at. */
export function checkMatrix(caller: string, name: string, x: unknown): asserts x is Matrix {
  if (!isTensor(x))
    throw new TypeError(
      `${caller}() expects ${name} as a matrix, { shape, data } of floats, but ${name} is ${kindOf(x)}`,
    );
  const [rows = 0, columns = 0] = x.shape;
  if (x.shape.length !== 2 || !x.shape.every((size) => Number.isInteger(size) && size >= 0))
    throw new ShapeError(
      `${caller}() expects ${name} of [rows, columns], but ${name} is [${x.shape.join(", ")}]`,
    );
  if (x.data.length !== rows * columns)
    throw new ShapeError(
      `${caller}() expects ${name} of [${rows}, ${columns}] to hold ${rows * columns} numbers, ` +
        `but its data hold ${x.data.length}`,
    );
}

/** What a value is, for an error: "an Array", "a string", "undefined", "{ data: Array }". */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "object" && "data" in value) return `{ data: ${tagOf(value.data)} }`;
  const kind = typeof value === "object" ? tagOf(value) : typeof value;
  return `${/^[AEIOaeio]/.test(kind) ? "an" : "a"} ${kind}`;
}
