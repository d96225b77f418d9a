import { ShapeError } from "@feedforward/tensor";
import { refuse } from "./refuse.ts";

/** The layout of so many classes. */
export const classesOf = (rows: unknown): string => `Int32Array(${rows})`;

/** The layout of a matrix; of sizes that no matrix has, in words. */
export const matrixOf = (...shape: readonly [rows: number, columns: number]): string =>
  shape.every((size) => size > 0 && size % 1 === 0)
    ? `{ shape: [${shape}], data: FloatArray(${shape[0] * shape[1]}) }`
    : "{ shape: [rows > 0, columns > 0], data: FloatArray }";

/** The layout of anything: "Int32Array(2)", "{ shape: [2,3], data: FloatArray(6) }", "Undefined". */
function layoutOf(x: unknown): string {
  const { shape, data, length } = Object(x);
  if (data) return `{ shape: [${shape}], data: ${layoutOf(data)} }`;
  // By its tag, which arrays of another realm have too.
  const kind = Object.prototype.toString
    .call(x)
    .slice(8, -1)
    .replace(/^Float(32|64)/, "Float");
  return length >= 0 ? `${kind}(${length})` : kind;
}

/** Throws unless `x` has one of the layouts `wanted`: a TypeError where none is of such an array. */
export function expectLayout(
  caller: string,
  name: string,
  x: unknown,
  ...wanted: readonly (string | false | undefined)[]
): void {
  const found = layoutOf(x);
  if (!wanted.includes(found))
    refuse(
      wanted.some((layout) => layout && arrayIn(layout) === arrayIn(found))
        ? ShapeError
        : TypeError,
      caller,
      `${name} as ${wanted.filter(Boolean).join(" or ")}`,
      `${name} is ${found}`,
    );
}

const arrayIn = (layout: string): string | undefined => /\w+Array/.exec(layout)?.[0];
