import { type Dtype, floatArray, type Standardiser, size, type Tensor } from "@feedforward/tensor";
import { expectPositiveInteger, expectSeed } from "./expectations.ts";
import { begin } from "./initialisers.ts";
import type { Layer, ParameterSpec } from "./layer.ts";
import {
  expectLabels,
  expectLayer,
  expectLayers,
  expectStandardiser,
} from "./network-expectations.ts";
import { kindOf, refuse } from "./refuse.ts";
import { initialStream } from "./streams.ts";

/** A layer in its place, with its parameters. */
export interface NetworkLayer {
  readonly layer: Layer;
  /** In the order of `layer.parameters()`; of a dense layer W, then b. */
  readonly params: readonly Tensor[];
}

/** A multilayer perceptron: plain data. Its weights lie on the heap, whatever backend trains them. */
export interface Network<Label extends string = string> {
  /** n(0), the width of x. */
  readonly inputs: number;
  /** n(L+1), the width of the output. */
  readonly outputs: number;
  readonly layers: readonly NetworkLayer[];
  /** The names of the classes, in the order of the outputs. */
  readonly labels?: readonly Label[];
  /** How raw inputs become h(0). */
  readonly standardiser?: Standardiser;
  /** What the weights began from, and the default seed of a run. */
  readonly seed: number;
  readonly dtype: Dtype;
}

/** How a network departs from its defaults. */
export interface MlpOptions<Label extends string = string> {
  /** What the weights begin from: a whole number in [0, 2^32). 0 unless told. */
  readonly seed?: number;
  /** The names of the classes, one for each output; of a single output two, of class 0 and of class 1. */
  readonly labels?: readonly Label[] | undefined;
  /** How raw inputs become h(0), column by column; kept with the network and applied wherever it is given rows. */
  readonly standardiser?: Standardiser | undefined;
  /** `"float32"` unless told. */
  readonly dtype?: Dtype;
}

/**
 * A multilayer perceptron: f(x) = h(L+1), with h(k) = g(b(k) + W(k) h(k-1)) and h(0) = x.
 *
 * The output layer gives pre-activations (logits): losses take them as they are, and `predict`
 * applies the softmax. The same seed begins with the same weights.
 *
 * @param inputs n(0), the width of x.
 * @param layers From the first hidden layer to the output.
 * @throws {RangeError} when a width, the seed, the dtype, the labels or the standardiser do not fit, or the
 *   gain of an activation is not finite and above 0.
 * @throws {TypeError} when something in `layers` is not a layer.
 * @see Larochelle, Neural networks 1.5 and 2.9.
 * @example
 * const net = mlp(784, [dense(128, relu), dense(10)], { seed: 1 });
 * net.layers[0]?.params[0]?.shape // => [128, 784]
 */
export function mlp<const Label extends string = string>(
  inputs: number,
  layers: readonly Layer[],
  options: MlpOptions<Label> = {},
): Network<Label> {
  const { seed = 0, dtype = "float32" } = options;
  if (dtype !== "float32" && dtype !== "float64")
    refuse(RangeError, "mlp", `dtype "float32" or "float64"`, `dtype is ${kindOf(dtype)}`);
  expectLayers("mlp", layers);
  const net = assemble("mlp", inputs, layers, options, (spec, k, i) => {
    const data = floatArray(dtype, size(spec.shape));
    begin(data, spec, `layers.${k}.${spec.name}`, initialStream(seed, k, i));
    return { shape: spec.shape, data };
  });
  if (net.standardiser) expectStandardiser("mlp", net.standardiser, inputs);
  return net;
}

/** A network with the parameters that `parameter` gives, number i of the layer in place k, and with the standardiser as it is. */
export function assemble<const Label extends string = string>(
  caller: string,
  inputs: number,
  layers: readonly Layer[],
  { seed = 0, labels, standardiser, dtype = "float32" }: MlpOptions<Label>,
  parameter: (spec: ParameterSpec, k: number, i: number) => Tensor,
): Network<Label> {
  expectPositiveInteger(caller, "inputs", inputs);
  expectSeed(caller, seed);

  let width = inputs;
  const placed = layers.map((layer, k): NetworkLayer => {
    expectLayer(caller, layer, k);
    const params = layer.parameters(width).map((spec, i) => parameter(spec, k, i));
    const outputs = layer.outputs(width);
    expectPositiveInteger(caller, `outputs of layers[${k}]`, outputs);
    width = outputs;
    return { layer, params };
  });
  if (labels) expectLabels(caller, labels, width);
  return {
    inputs,
    outputs: width,
    layers: placed,
    ...(labels && { labels }),
    ...(standardiser && { standardiser }),
    seed,
    dtype,
  };
}
