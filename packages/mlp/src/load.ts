import { type Activation, linear } from "@feedforward/activations";
import type { Dtype, Shape, Standardiser, Tensor } from "@feedforward/tensor";
import { dense } from "./dense.ts";
import { describeActivation } from "./describe-activation.ts";
import { descriptionIn } from "./description.ts";
import { dropout } from "./dropout.ts";
import { cut, type Json, type JsonObject, shown } from "./json.ts";
import type { Layer } from "./layer.ts";
import { assemble, type Network } from "./network.ts";
import { refuse } from "./refuse.ts";
import { decode, refuseFile } from "./safetensors.ts";

/** What a file may name. */
export interface LoadOptions {
  /** The activations that the file may name, by their `name`; only `linear` unless told. */
  readonly activations?: readonly Activation[];
  /** Layers of your own that the file may name: from the options in the file to the layer. */
  readonly layers?: { readonly [name: string]: (options: JsonObject) => Layer };
}

/** A network from a file, and what was kept with it. */
export interface Loaded {
  readonly net: Network;
  readonly metadata: JsonObject;
}

/**
 * Reads a network from the bytes of a file that `save` made.
 *
 * The functions that the file may name are given, as code never comes out of a file: `relu`, or
 * `leakyRelu({ slope: 0.2 })` with the same options as when it was saved. Every length, shape and
 * number is checked before it is believed; memory stays within the size of the file.
 *
 * @param bytes The whole file: what `readFile` gives, or `new Uint8Array(await response.arrayBuffer())`.
 * @throws {RangeError} when the file is truncated, damaged, contradicts itself, holds a number that
 *   is not finite, or names an activation or a layer that is not given.
 * @throws {TypeError} when `bytes` is no Uint8Array.
 * @see `save`
 * @example
 * const net = mlp(2, [dense(3, relu), dense(2)], { seed: 1 });
 * const loaded = load(save(net), { activations: [relu] });
 * loaded.net.layers[0]?.params[0]?.shape // => [3, 2]
 */
export function load(bytes: Uint8Array, options: LoadOptions = {}): Loaded {
  const { tensors, metadata: texts } = decode(bytes);
  const { inputs, dtype, seed, labels, metadata, layers } = descriptionIn(texts.get("feedforward"));
  const factories = factoriesOf(options);
  const unused = new Map(tensors);
  /** The tensor of this name and shape, of this dtype where one is asked for, with finite numbers above `bound`. */
  const take = (name: string, shape: Shape, dtype?: Dtype, bound = -Infinity): Tensor => {
    const tensor = unused.get(name) ?? refuseFile(`a tensor ${name}`, listed(unused));
    unused.delete(name);
    const { data } = tensor;
    const own = data instanceof Float32Array ? "float32" : "float64";
    const found = layoutOf(tensor.shape, own);
    const wanted = layoutOf(shape, dtype ?? own);
    if (found !== wanted) refuseFile(`${name} of ${wanted}`, found);
    const i = data.findIndex((value) => !(value > bound && value < Infinity));
    if (i >= 0) refuseFile(`numbers in (${bound}, Infinity)`, `${data[i]} at ${i} of ${name}`);
    return tensor;
  };
  const standardiser: Standardiser | undefined = tensors.has("standardiser.mean")
    ? {
        mean: take("standardiser.mean", [inputs]).data,
        std: take("standardiser.std", [inputs], undefined, 0).data,
      }
    : undefined;
  const net = assemble(
    "load",
    inputs,
    layers.map(({ name, options }) =>
      Object.hasOwn(factories, name)
        ? factories[name]!(options)
        : refuseFunction("layer", Object.keys(factories), cut(name)),
    ),
    { seed, dtype, labels, standardiser },
    ({ name, shape }, k) => take(`layers.${k}.${name}`, shape, dtype),
  );
  if (unused.size) refuseFile("no tensor beside its layers'", listed(unused));
  return { net, metadata };
}

const layoutOf = (shape: Shape, dtype: Dtype): string => `[${shape.join(", ")}] in ${dtype}`;

const listed = (tensors: ReadonlyMap<string, Tensor>): string =>
  cut([...tensors.keys()].join(", ")) || "none";

type Factories = { readonly [name: string]: (options: JsonObject) => Layer };

const factoriesOf = ({ activations = [], layers = {} }: LoadOptions): Factories => ({
  dense: ({ units, activation, ...others }) => {
    expectNone("dense", others);
    return dense(units as number, activationOf(activation, [linear, ...activations]));
  },
  dropout: ({ rate, ...others }) => {
    expectNone("dropout", others);
    return dropout(rate as number);
  },
  ...layers,
});

function expectNone(layer: string, others: JsonObject): void {
  const [other] = Object.keys(others);
  if (other !== undefined) refuseFile(`options that ${layer} has`, cut(other));
}

function activationOf(found: Json | undefined, given: readonly Activation[]): Activation {
  const wanted = JSON.stringify(found);
  const texts = given.map((activation) => JSON.stringify(describeActivation(activation)));
  return given[texts.indexOf(wanted)] ?? refuseFunction("activation", texts, shown(found));
}

/** Throws: the file names what was not given. */
function refuseFunction(kind: "activation" | "layer", given: string[], wanted: string): never {
  refuse(
    RangeError,
    "load",
    `each ${kind} among ${given.join(", ")}`,
    `the file names ${wanted}: pass it in ${kind}s`,
  );
}
