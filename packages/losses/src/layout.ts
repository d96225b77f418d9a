import { ShapeError } from "@feedforward/tensor";
import { refuse } from "./refuse.ts";

/** What arguments may be: each kind of array, with the length and shape that it must have. */
export type Layouts = Readonly<Record<string, string>>;

/** Of a bare array, the shape is undefined. */
const layoutOf = (length: number, shape?: unknown): string => ` length ${length}, shape ${shape}`;

/** Classes, one a row. */
export const classesOf = (rows: number): Layouts => ({ Int32Array: layoutOf(rows) });

/** A matrix of floats. */
export const matrixOf = (rows: number, columns = 1): Layouts => {
  const layout = layoutOf(rows * columns, [rows, columns]);
  return { Float32Array: layout, Float64Array: layout };
};

/** Either of them. */
export const eitherOf = (rows: number, columns: number): Layouts => ({
  Int32Array: layoutOf(rows),
  ...matrixOf(rows, columns),
});

/**
 * Throws unless `x` has one of the layouts: a TypeError where its kind is none of theirs, else a ShapeError.
 *
 * `layoutsFor` is told the sizes that `x` gives, made whole and at least 1: so none that are not will do.
 */
export const expectLayout = (
  x: unknown,
  layoutsFor: (...sizes: readonly number[]) => Layouts,
  caller: string,
  name = "y",
): void => {
  const { shape, data } = Object(x);
  const array = data ?? x;
  const length = array?.length;
  const layouts = layoutsFor(
    ...Array.from(shape ?? [length], (size: number) => Math.abs(Math.trunc(size)) || 1),
  );
  // The kind by its tag, which arrays of another realm have too.
  const kind: string = {}.toString.call(array).slice(8, -1);
  // In brackets, so that what has data and no shape is no bare array.
  const layout = layoutOf(length, data && [shape]);
  if (layouts[kind] !== layout)
    refuse(
      caller,
      name,
      Object.entries(layouts).join(" | "),
      [kind, layout],
      layouts[kind] ? ShapeError : TypeError,
    );
};
