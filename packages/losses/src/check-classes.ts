import { refuse } from "./refuse.ts";

/** Throws unless each class is in [0, columns). */
export function checkClasses(y: Int32Array, columns: number, lossName: string): void {
  const i = y.findIndex((c) => c < 0 || c >= columns);
  if (i >= 0)
    refuse(
      RangeError,
      lossName,
      `classes in [0, ${columns})`,
      `y[${i}] is ${y[i]}: classes count from 0`,
    );
}
