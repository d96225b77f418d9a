import type { Activation } from "@feedforward/activations";

/** Throws unless `value` is a whole number above 0. */
export function expectPositiveInteger(caller: string, name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(
      `${caller}() expects ${name} to be a whole number above 0, but ${name} is ${value}`,
    );
}

/** Throws unless `step` is a whole number in [0, 2^27): a random stream has words for so many. */
export function expectStep(caller: string, step: number): void {
  if (!Number.isInteger(step) || step < 0 || step >= 2 ** 27)
    throw new RangeError(
      `${caller}() expects step to be a whole number in [0, 134217728), but step is ${step}`,
    );
}

/** Throws unless `seed` is a whole number in [0, 2^32), as random streams take it. */
export function expectSeed(caller: string, seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new RangeError(
      `${caller}() expects seed to be a whole number in [0, 4294967296), but seed is ${seed}`,
    );
}

/** Throws unless `activation` has g, g' and a gain; the commonest mistakes are a name and a factory that was not called. */
export function expectActivation(caller: string, activation: Activation): void {
  if (typeof activation === "function")
    throw new TypeError(
      `${caller}() expects an activation, but activation is a function: call it, as in leakyRelu() ` +
        "(a softmax belongs to the loss, softmaxCrossEntropy)",
    );
  if (typeof activation?.g !== "function" || typeof activation.dg !== "function")
    throw new TypeError(
      `${caller}() expects an activation with g and dg, but activation is ${JSON.stringify(activation)}: ` +
        "pass the activation itself, as in dense(128, relu)",
    );
  if (!(activation.gain > 0 && activation.gain < Number.POSITIVE_INFINITY))
    throw new RangeError(
      `${caller}() expects a finite gain above 0, but the gain of ${activation.name} is ${activation.gain}: ` +
        "1 asks for Glorot's initialiser",
    );
}
