import { type Definition, define, type FloatArray } from "./definition.ts";

/** x = x + factor y. */
export const addScaled: Definition<[x: FloatArray, y: FloatArray, factor: number]> =
  /* @__PURE__ */ define("addScaled", (x, y, factor) => {
    for (let i = 0; i < x.length; i++) x[i] = x[i]! + factor * y[i]!;
  });
