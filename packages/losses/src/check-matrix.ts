import { type Matrix, ShapeError } from "@feedforward/tensor";

/** Whether `x` is made like a tensor: { shape, data } of floats. */
export function isTensor(x: unknown): x is { shape: readonly number[]; data: Matrix["data"] } {
  const { shape, data } = (x ?? {}) as Partial<Matrix>;
  return Array.isArray(shape) && (data instanceof Float32Array || data instanceof Float64Array);
}

/** Throws unless `x` is a matrix whose data fit its shape. Constant time: the entries are not looked at. */
export function checkMatrix(caller: string, name: string, x: unknown): asserts x is Matrix {
  if (!isTensor(x))
    throw new TypeError(
      `${caller}() expects ${name} as a matrix, { shape, data } of floats, but ${name} is ${kindOf(x)}`,
    );
  const [rows = 0, columns = 0] = x.shape;
  if (x.shape.length !== 2)
    throw new ShapeError(
      `${caller}() expects ${name} of [rows, columns], but ${name} is [${x.shape.join(", ")}]`,
    );
  if (x.data.length !== rows * columns)
    throw new ShapeError(
      `${caller}() expects ${name} of [${rows}, ${columns}] to hold ${rows * columns} numbers, ` +
        `but its data hold ${x.data.length}`,
    );
}

/** What a value is, for an error: "an Array", "a string", "undefined". */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const kind = typeof value === "object" ? (value.constructor?.name ?? "Object") : typeof value;
  return `${/^[AEIOaeio]/.test(kind) ? "an" : "a"} ${kind}`;
}
