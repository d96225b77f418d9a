import type { Matrix } from "@feedforward/tensor";
import { refusal } from "./refusal.ts";

/** Throws unless all entries of `y` are `valid`, which `wanted` says in words. */
export function checkValues(
  caller: string,
  { shape: [, columns], data }: Matrix,
  wanted: string,
  valid: (value: number) => boolean,
): void {
  const i = data.findIndex((value) => !valid(value));
  if (i >= 0)
    throw new RangeError(
      refusal(caller, wanted, `y[${Math.floor(i / columns)}, ${i % columns}] is ${data[i]}`),
    );
}
