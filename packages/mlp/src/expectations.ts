import type { Activation } from "@feedforward/activations";
import { kindOf, refuse } from "./refuse.ts";

/** Throws unless `value` is a whole number in [0, end). */
function expectWhole(caller: string, name: string, value: number, end: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= end)
    refuse(RangeError, caller, `${name} to be a whole number in [0, ${end})`, `${name} is ${value}`);
}

/** Throws unless `value` is a whole number above 0. */
export function expectPositiveInteger(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    refuse(RangeError, caller, `${name} to be a whole number above 0`, `${name} is ${value}`);
}

/** Throws unless `step` is a whole number in [0, 2^27): a random stream has words for so many. */
export const expectStep = (caller: string, step: number): void =>
  expectWhole(caller, "step", step, 2 ** 27);

/** Throws unless `seed` is a whole number in [0, 2^32), as random streams take it. */
export const expectSeed = (caller: string, seed: number): void =>
  expectWhole(caller, "seed", seed, 2 ** 32);

/** Throws unless `activation` has g, g' and a gain; the commonest mistakes are a name and a factory that was not called. */
export function expectActivation(caller: string, activation: Activation): void {
  const { g, dg, gain } = Object(activation) as Partial<Activation>;
  if (typeof g !== "function" || typeof dg !== "function")
    refuse(
      TypeError,
      caller,
      "an activation with g and dg",
      `activation is ${kindOf(activation)}: write relu, or leakyRelu() (a softmax belongs to the loss)`,
    );
  if (!(gain! > 0 && gain! < Infinity))
    refuse(
      RangeError,
      caller,
      "a finite gain above 0",
      `the gain of ${activation.name} is ${gain}`,
    );
}
