import { refusal } from "./refusal.ts";

/** Throws unless each class is in [0, classes). */
export function checkClasses(caller: string, y: Int32Array, classes: number): void {
  const i = y.findIndex((c) => c < 0 || c >= classes);
  if (i >= 0)
    throw new RangeError(
      refusal(caller, `classes in [0, ${classes})`, `y[${i}] is ${y[i]}: classes count from 0`),
    );
}
