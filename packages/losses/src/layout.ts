import { ShapeError } from "@feedforward/tensor";
import { refuse } from "./refuse.ts";

/** The layout of so many classes. */
export const classesOf = (rows: number): string => `Int32Array(${rows})`;

/** The layout of a matrix; in words, and like none, where the sizes are none. */
export const matrixOf = (rows: number, columns: number): string =>
  [rows, columns].every((size) => size > 0 && size % 1 === 0)
    ? `FloatArray(${rows * columns}) of [${rows},${columns}]`
    : "FloatArray(n) of [rows,columns], not empty";

/** The layout of anything: "Int32Array(2)", "FloatArray(6) of [2,3]", "Undefined()". */
function layoutOf(x: unknown): string {
  const { shape, data, length = "" } = Object(x);
  if (data) return `${layoutOf(data)} of [${shape}]`;
  // By its tag, which arrays of another realm have too.
  const kind = Object.prototype.toString.call(x).slice(8, -1);
  return `${kind.replace(/^Float(32|64)/, "Float")}(${length})`;
}

/** The array of a layout, and whether a shape goes with it. */
const kindOf = (layout: string): string => String(layout.match(/^\w+| of/g));

/** Throws unless `x` has one of the layouts `wanted`: a TypeError where none is of its kind, else a ShapeError. */
export function expectLayout(
  caller: string,
  name: string,
  x: unknown,
  ...wanted: readonly (string | undefined)[]
): void {
  const found = layoutOf(x);
  const layouts = wanted.filter((layout) => layout !== undefined);
  if (!layouts.includes(found))
    refuse(
      layouts.some((layout) => kindOf(layout) === kindOf(found)) ? ShapeError : TypeError,
      caller,
      `${name} as ${layouts.join(" or ")}`,
      `${name} is ${found}`,
    );
}
