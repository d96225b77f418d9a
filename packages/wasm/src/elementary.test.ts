import { describe, expect, test } from "vitest";
import { exact, worstError } from "../scripts/exact.ts";
import { machineOf } from "./machine.ts";

// In units in the last place. The logistic function adds two roundings of its own to those of exp.
const limits = { exp: 2, log: 2, tanh: 2, sigmoid: 2.5 };

// Every 2027th float, NaNs and both infinities' neighbourhoods included; scripts/worst-error.ts tries all.
describe.each(["fused", "plain"] as const)("%s", (variant) => {
  test.each(Object.keys(exact) as (keyof typeof exact)[])(
    "%s() is as exact as promised",
    (name) => {
      expect(worstError(machineOf(variant)!, name, 2027).error).toBeLessThanOrEqual(limits[name]);
    },
  );
});
