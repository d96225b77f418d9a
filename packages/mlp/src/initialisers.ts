import { type FloatArray, normal, type Random, uniform } from "@feedforward/tensor";
import type { ParameterSpec } from "./layer.ts";
import { refuse } from "./refuse.ts";

/** What an initialiser is told about the weights it fills. */
export interface Fans {
  /** n(k-1), the width of the input. */
  readonly fanIn: number;
  /** n(k), the width of the output. */
  readonly fanOut: number;
  /** The activation's gain. */
  readonly gain: number;
  /** Where its random numbers come from: the network's seed, and a stream of the parameter's own. */
  readonly random: Random;
}

/** Fills a parameter, such as weights [fanOut, fanIn], in place. */
export type Initialiser = (w: FloatArray, fans: Fans) => void;

/**
 * Glorot's uniform initialiser: U(-b, b) with b = gain sqrt(6) / sqrt(n(k) + n(k-1)).
 *
 * The course's choice, and the default where the activation's gain is 1 (linear, sigmoid, tanh).
 *
 * @see Larochelle, Neural networks 2.9; PyTorch `xavier_uniform_`.
 * @example
 * const W = new Float32Array(6);
 * glorotUniform(W, { fanIn: 3, fanOut: 2, gain: 1, random: { seed: 1, stream: 0, counter: 0 } });
 * W.every((w) => Math.abs(w) <= Math.sqrt(6 / 5)) // => true
 */
export const glorotUniform: Initialiser = (w, { fanIn, fanOut, gain, random }) =>
  fillUniform(w, gain * Math.sqrt(6 / (fanIn + fanOut)), random);

/**
 * He's uniform initialiser: U(-b, b) with b = gain sqrt(3 / n(k-1)), so that the variance is gain² / n(k-1).
 *
 * The default where the activation's gain is not 1 (relu, leakyRelu, elu and their like).
 *
 * @see He et al., Delving deep into rectifiers (2015); PyTorch `kaiming_uniform_`.
 * @example
 * const W = new Float32Array(6);
 * heUniform(W, { fanIn: 3, fanOut: 2, gain: 2, random: { seed: 1, stream: 0, counter: 0 } });
 * W.every((w) => Math.abs(w) <= 2) // => true
 */
export const heUniform: Initialiser = (w, { fanIn, gain, random }) =>
  fillUniform(w, gain * Math.sqrt(3 / fanIn), random);

/**
 * He's normal initialiser: N(0, gain² / n(k-1)).
 *
 * @see He et al., Delving deep into rectifiers (2015); PyTorch `kaiming_normal_`.
 * @example
 * const net = mlp(784, [dense(128, relu, { initialise: heNormal }), dense(10)]);
 * net.layers[0]?.params[0]?.shape // => [128, 784]
 */
export const heNormal: Initialiser = (w, { fanIn, gain, random }) => {
  normal(w, random);
  const deviation = gain / Math.sqrt(fanIn);
  for (let i = 0; i < w.length; i++) w[i]! *= deviation;
};

/** Fills a parameter as its layer has it begin. */
export function begin(w: FloatArray, spec: ParameterSpec, name: string, random: Random): void {
  const { shape, gain } = spec;
  const hasGain = "gain" in spec;
  if (hasGain && !(gain! > 0 && gain! < Infinity))
    refuse(RangeError, "mlp", "a finite gain above 0", `the gain of ${name} is ${gain}`);
  const [fanOut = 1, fanIn = 1] = shape;
  const initialise = spec.initialise ?? (hasGain && (gain === 1 ? glorotUniform : heUniform));
  if (initialise) initialise(w, { fanIn, fanOut, gain: gain ?? 1, random });
}

function fillUniform(w: FloatArray, bound: number, random: Random): void {
  uniform(w, random);
  for (let i = 0; i < w.length; i++) w[i] = (2 * w[i]! - 1) * bound;
}
