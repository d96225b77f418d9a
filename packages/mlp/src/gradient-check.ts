import {
  type FloatArray,
  type Matrix,
  permutation,
  type Rows,
  reference,
  type Targets,
  type Tensor,
} from "@feedforward/tensor";
import { backward } from "./backward.ts";
import { forward } from "./core/forward.ts";
import { expectPositiveInteger } from "./expectations.ts";
import type { Network } from "./network.ts";
import { checkStream } from "./streams.ts";

/** What a gradient check needs, and how it departs from its defaults. */
export interface GradientCheckOptions<Y extends Targets = Targets> {
  /** The loss of the output and its gradient; every factory of @feedforward/losses makes one. */
  readonly loss: (a: Matrix, y: Y) => { readonly loss: number; readonly grad: Matrix };
  /** The ε of the central difference (l(θ + ε) - l(θ - ε)) / 2ε; 1e-5 unless told. */
  readonly epsilon?: number;
  /** How many entries of each tensor are tried; 100 unless told, drawn with `net.seed` where it has more. */
  readonly entries?: number;
}

/** Where backpropagation and the central difference disagree most. */
export interface Disagreement {
  /** |gradient - numeric| / max(|gradient|, |numeric|, 1e-3), of the worst entry. */
  readonly error: number;
  /** The layer's place, counting from 0, and its name: "layers[1] dense"; "x" for the input. */
  readonly layer: string;
  /** The parameter's name, and the indices of the entry: "W[3, 7]". */
  readonly entry: string;
  /** What backpropagation says. */
  readonly gradient: number;
  /** What the central difference says. */
  readonly numeric: number;
  /** How many entries were tried. */
  readonly entries: number;
}

/** The worst disagreement of all. */
export interface GradientCheck extends Disagreement {
  /**
   * The worst of each tensor, from the input to the last layer. A wrong layer spoils the gradients
   * of all before it: the last of them with a large error is the one to look at.
   */
  readonly tensors: readonly Disagreement[];
}

const FLOOR = 1e-3;
const inTraining = { training: true, backend: reference };

/**
 * Compares backpropagation with central differences, in float64, and names the worst entry.
 *
 * Right gradients give an error below 1e-6, mostly below 1e-8; wrong ones one near 1. Where g has a
 * kink, an entry can be off without being wrong: try other rows. Dropout acts, with the masks of step 0.
 *
 * @param net Any network; it is copied.
 * @param examples A few rows and their targets.
 * @throws {RangeError} when an option, a row or a target is out of range.
 * @see Larochelle, Neural networks 2.8 (gradient checking); PyTorch `gradcheck`.
 * @example
 * const net = mlp(2, [dense(3, tanh), dense(2)], { seed: 1 });
 * const xy = { x: { shape: [1, 2], data: Float32Array.of(0.5, -1) }, y: Int32Array.of(1) } as const;
 * const { error } = gradientCheck(net, xy, { loss: softmaxCrossEntropy() });
 * error < 1e-6 // => true
 */
export function gradientCheck<Y extends Targets>(
  net: Network,
  examples: { readonly x: Rows; readonly y: Y },
  { loss, epsilon = 1e-5, entries = 100 }: GradientCheckOptions<NoInfer<Y>>,
): GradientCheck {
  if (!(epsilon > 0 && epsilon < 1))
    throw new RangeError(`gradientCheck() expects epsilon in (0, 1), but epsilon is ${epsilon}`);
  expectPositiveInteger("gradientCheck", "entries", entries);
  if (examples.x.shape[0] === 0)
    throw new RangeError("gradientCheck() expects at least one row, but x has none");
  const double = toFloat64(net);
  const pass = forward(double, examples.x, inTraining);
  // The input is perturbed where it is h(0), so that the standardiser drops out.
  const x = pass.h[0]!;
  const { standardiser: _, ...bare } = double;
  const lossNow = (): number => loss(forward(bare, x, inTraining).h.at(-1)!, examples.y).loss;
  const { grad } = loss(pass.h.at(-1)!, examples.y);
  const gradients = backward(pass, grad);

  const compare = (
    layer: string,
    name: string,
    { shape, data }: Tensor,
    gradient: FloatArray,
  ): Disagreement => {
    const order = permutation(new Int32Array(data.length), checkStream(net.seed));
    const tried = [...order.subarray(0, entries)].map((i): Disagreement => {
      const numeric = centralDifference(lossNow, data, i, epsilon);
      return {
        error: relativeError(gradient[i]!, numeric),
        layer,
        entry: `${name}[${indices(shape, i)}]`,
        gradient: gradient[i]!,
        numeric,
        entries: Math.min(entries, data.length),
      };
    });
    return tried.reduce(worse);
  };
  const tensors = [compare("x", "x", x, gradients.x.data)];
  double.layers.forEach(({ layer, params }, k) => {
    const names = layer.parameters(pass.h[k]!.shape[1]).map(({ name }) => name);
    for (const [i, param] of params.entries()) {
      if (param.data.length === 0) continue;
      tensors.push(
        compare(`layers[${k}] ${layer.name}`, names[i]!, param, gradients.layers[k]![i]!.data),
      );
    }
  });
  const tried = tensors.reduce((sum, tensor) => sum + tensor.entries, 0);
  return { ...tensors.reduce(worse), entries: tried, tensors };
}

/** The worse of two, and the first of equals; a NaN is worse than any number. */
const worse = (a: Disagreement, b: Disagreement): Disagreement =>
  b.error > a.error || (Number.isNaN(b.error) && !Number.isNaN(a.error)) ? b : a;

const relativeError = (gradient: number, numeric: number): number =>
  Math.abs(gradient - numeric) / Math.max(Math.abs(gradient), Math.abs(numeric), FLOOR);

function centralDifference(
  loss: () => number,
  data: FloatArray,
  i: number,
  epsilon: number,
): number {
  const value = data[i]!;
  data[i] = value + epsilon;
  const above = loss();
  data[i] = value - epsilon;
  const below = loss();
  data[i] = value;
  return (above - below) / (2 * epsilon);
}

const toFloat64 = (net: Network): Network => ({
  ...net,
  dtype: "float64",
  layers: net.layers.map(({ layer, params }) => ({
    layer,
    params: params.map(({ shape, data }) => ({ shape, data: Float64Array.from(data) })),
  })),
});

/** The indices of entry i of a row-major tensor. */
function indices(shape: readonly number[], i: number): string {
  const index: number[] = [];
  let rest = i;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return index.join(", ");
}
