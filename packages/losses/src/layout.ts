import { ShapeError } from "@feedforward/tensor";
import { refuse } from "./refuse.ts";

/** Each kind of array that will do, and the sizes that it must have. */
export type Layouts = Readonly<Record<string, string>>;

const layoutOf = (length: number, shape: unknown = ""): string =>
  ` length ${length}, shape [${shape}]`;

/** Classes, one a row. */
export const classesOf = (rows: number): Layouts => ({ Int32Array: layoutOf(rows) });
export const eitherOf = (rows: number, columns: number): Layouts => ({
  Int32Array: layoutOf(rows),
  ...matrixOf(rows, columns),
});

/** A matrix of either kind of floats: at least one row and column, whatever is asked for. */
export const matrixOf = (rows: number, columns = 1): Layouts => {
  const layout = layoutOf(rows * columns, [rows, columns]);
  return { Float32Array: layout, Float64Array: layout };
};

/**
 * Throws unless `x` has one of the layouts: a TypeError where it is of another kind, else a ShapeError.
 *
 * `layoutsFor` is told the sizes that `x` says it has.
 */
export const expectLayout = (
  x: unknown,
  layoutsFor: (...sizes: readonly number[]) => Layouts,
  caller: string,
  name = "y",
): void => {
  const { shape, data = x } = Object(x);
  const length = data?.length;
  const layouts = layoutsFor(
    ...[shape ?? length].flat().map((size: number) => Math.abs(Math.trunc(size)) || 1),
  );
  const kind: string = {}.toString.call(data).slice(8, -1);
  const found = layoutOf(length, shape);
  if (layouts[kind] !== found)
    refuse(
      caller,
      name,
      Object.entries(layouts).join(" or "),
      [kind, found],
      layouts[kind] ? ShapeError : TypeError,
    );
};
