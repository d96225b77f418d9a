import type { Matrix } from "@feedforward/tensor";
import { refuse } from "./refuse.ts";

/** Throws unless all entries of `y` are `valid`, which `wanted` says in words. */
export const checkValues = (
  { data }: Matrix,
  columns: number,
  lossName: string,
  wanted: string,
  valid: (value: number) => boolean,
): void => {
  const i = data.findIndex((value) => !valid(value));
  if (i >= 0) refuse(lossName, `y[${Math.floor(i / columns)}, ${i % columns}]`, wanted, data[i]);
};

/** Throws unless all entries of `y` are finite. */
export const checkFinite = (y: Matrix, columns: number, lossName: string): void =>
  checkValues(y, columns, lossName, "finite", Number.isFinite);
