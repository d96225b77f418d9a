import { type Activation, linear } from "@feedforward/activations";
import { type FloatArray, type Session, sumRows, type Zeros } from "@feedforward/tensor";
import { describeActivation } from "./describe-activation.ts";
import { elementWise } from "./element-wise.ts";
import { expectFunctions, expectPositiveInteger } from "./expectations.ts";
import type { Initialiser } from "./initialisers.ts";
import type { Layer, LayerBuffers } from "./layer.ts";

/** How a dense layer departs from its defaults. */
export interface DenseOptions {
  /** How W begins. Unless told, Glorot for an activation of gain 1, He for any other. */
  readonly initialise?: Initialiser;
}

/** The buffers of a dense layer. */
export interface Dense extends LayerBuffers {
  readonly inputs: number;
  /** [units, inputs] */
  readonly W: FloatArray;
  /** [units] */
  readonly b: FloatArray;
  readonly gradW: FloatArray;
  readonly gradB: FloatArray;
  /** [batch, units]; the same buffer as `out` where g is `linear`. */
  readonly a: FloatArray;
}

/**
 * A fully connected layer: h = g(W x + b), for each row x of the batch.
 *
 * W is [units, inputs] and b [units], the layout of PyTorch's `Linear`. W begins as the course has
 * it, b at 0.
 *
 * @param units The width of the output.
 * @param activation g; `linear` unless told, as an output layer wants it (losses take logits).
 * @throws {RangeError} when `units` is not a whole number above 0.
 * @throws {TypeError} when `activation` is no activation.
 * @see Larochelle, Neural networks 1.5 and 2.6; PyTorch `Linear` (other initial weights).
 * @example
 * dense(10).outputs(784) // => 10
 */
export function dense(
  units: number,
  activation: Activation = linear,
  { initialise }: DenseOptions = {},
): Layer<Dense> {
  expectPositiveInteger("dense", "units", units);
  expectFunctions("dense", "activation", activation, METHODS, REMEDY);
  const { activate, backpropagate } = elementWise(activation);
  const separate = activation !== linear; // else h is a, and the same buffer
  return {
    name: "dense",
    options: { units, activation: describeActivation(activation) },
    outputs: () => units,
    parameters: (inputs) => [
      {
        name: "W",
        shape: [units, inputs],
        gain: activation.gain,
        ...(initialise && { initialise }),
      },
      { name: "b", shape: [units] },
    ],
    layout: (zeros: Zeros, batch: number, inputs: number): Dense => {
      const W = zeros(units * inputs, "float");
      const b = zeros(units, "float");
      const gradW = zeros(units * inputs, "float");
      const gradB = zeros(units, "float");
      const a = zeros(batch * units, "float");
      const out = separate ? zeros(batch * units, "float") : a;
      return { inputs, W, b, gradW, gradB, a, out, params: [W, b], grads: [gradW, gradB] };
    },
    forward: (session: Session, at: Dense, x: FloatArray, rows: number): void => {
      session.nt(at.a, x, at.W, rows, units, at.inputs, at.b); // a(k) = b(k) + W(k) h(k-1)
      if (separate) session.call(activate, at.out, at.a, rows * units); // h(k) = g(a(k))
    },
    backward: (session, at, x, rows, grad, gradX): void => {
      if (separate) session.call(backpropagate, grad, at.a, at.out, rows * units); // grad_a(k-1) = grad_h(k-1) * g'(a(k-1))
      session.tn(at.gradW, grad, x, units, at.inputs, rows, 0); // grad_W(k)   = grad_a(k)^T h(k-1)
      session.call(sumRows, at.gradB, grad, rows, units); // grad_b(k) = sum over rows of grad_a(k)
      if (gradX) session.nn(gradX, grad, at.W, rows, at.inputs, units); // grad_h(k-1) = grad_a(k) W(k)
    },
  };
}

const METHODS = ["g", "dg"] as const;
const REMEDY = "write relu, or leakyRelu() (a softmax belongs to the loss)";
