import { describe, expect, test } from "vitest";
import { errorAt, exact, MOST, type Name, valueAt, worstErrors } from "../scripts/exact.ts";
import found from "../scripts/worst-errors.json" with { type: "json" };
import { machineOf } from "./machine.ts";

const names = Object.keys(exact) as Name[];
const [infinity, tiny] = [Number.POSITIVE_INFINITY, 2 ** -149];

/** The greatest float below, or the smallest above. */
function beside(x: number, up: boolean): number {
  const bits = new Uint32Array(Float32Array.of(x).buffer);
  bits[0]! += x > 0 === up ? 1 : -1;
  return new Float32Array(bits.buffer)[0]!;
}

const ends: [Name, x: number, wanted: number][] = [
  ["exp", infinity, infinity],
  ["exp", -infinity, 0],
  ["exp", 0, 1],
  ["exp", -0, 1],
  ["exp", Math.fround(88.72284), infinity], // just above log(2^128)
  ["exp", -3e38, 0],
  ["exp", 3e38, infinity],
  ["exp", Math.fround(-103.97208), tiny], // just above log(2^-150), half of what is smallest
  ["exp", Math.fround(-103.97209), 0],
  ["log", infinity, infinity],
  ["log", -infinity, Number.NaN],
  ["log", 0, -infinity],
  ["log", -0, -infinity],
  ["log", 1, 0],
  ["log", tiny, Math.fround(Math.log(tiny))],
  ["log", -tiny, Number.NaN],
  ["tanh", infinity, 1],
  ["tanh", -infinity, -1],
  ["tanh", 0, 0],
  ["tanh", -0, -0],
  ["tanh", -tiny, -tiny],
  ["tanh", 3e38, 1],
  ["sigmoid", infinity, 1],
  ["sigmoid", -infinity, 0],
  ["sigmoid", 0, 0.5],
  ["sigmoid", -3e38, 0],
  ["sigmoid", Math.fround(-103.97208), tiny],
  ["elu", infinity, infinity],
  ["elu", -infinity, -1],
  ["elu", 0, 0],
  ["elu", -tiny, -tiny],
  ["softplus", infinity, infinity],
  ["softplus", -infinity, 0],
  ["softplus", Math.fround(-103.97208), tiny],
];

describe.each(["fused", "plain"] as const)("%s", (variant) => {
  const machine = machineOf(variant)!;

  // Every 2027th float; `pnpm soak` tries all.
  test.each(names)("%s() is as exact as promised", (name) => {
    expect(worstErrors([machine], name, 2027)[0]!.error).toBeLessThanOrEqual(MOST);
  });

  test.each(names)("%s() is as bad as on record where it was found to be worst", (name) => {
    const worst = found.find((it) => it.name === name && it.variant === variant)!;
    expect(worst.error).toBeLessThanOrEqual(MOST);
    expect(errorAt(machine, name, worst.x)).toBeCloseTo(worst.error, 6);
  });

  test.each(names)("%s() of NaN is NaN", (name) => {
    expect(valueAt(machine, name, Number.NaN)).toBeNaN();
  });

  test.each(ends)("%s(%d) is %d", (name, x, wanted) => {
    expect(valueAt(machine, name, x)).toBe(wanted);
  });

  test("exp() goes over to Infinity where its value does, and down through the subnormals", () => {
    const last = beside(Math.fround(88.72284), false);
    expect(valueAt(machine, "exp", last)).toBeLessThan(infinity);
    for (let x = -87; x > -104; x -= 0.25)
      expect(errorAt(machine, "exp", x)).toBeLessThanOrEqual(1);
    expect(valueAt(machine, "exp", -100)).toBeGreaterThan(0);
  });
});
