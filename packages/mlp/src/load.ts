import { type Activation, linear } from "@feedforward/activations";
import type { Shape, Standardiser, Tensor } from "@feedforward/tensor";
import { dense } from "./dense.ts";
import { describeActivation } from "./describe-activation.ts";
import { descriptionIn, expectKeys } from "./description.ts";
import { dropout } from "./dropout.ts";
import { cut, type Json, type JsonObject, shown } from "./json.ts";
import type { Layer } from "./layer.ts";
import { assemble, type Network } from "./network.ts";
import { decode, refuse } from "./safetensors.ts";

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
  const { tensors, metadata: texts } = decode("load", bytes);
  const description = descriptionIn("load", texts.get("feedforward"));
  const { inputs, dtype, seed, labels, metadata } = description;
  const factories = factoriesOf(options);
  const layers = description.layers.map(({ name, options }) => {
    const factory =
      factories.get(name) ?? refuseFunction("layer", [...factories.keys()], cut(name));
    return factory(options);
  });
  const unused = new Map(tensors);
  const take = (name: string, shape: Shape): Tensor => {
    const tensor = unused.get(name) ?? refuse("load", `a tensor ${name}`, listed(unused));
    unused.delete(name);
    if (String(tensor.shape) !== String(shape))
      refuse(
        "load",
        `${name} of [${shape.join(", ")}], as its layers have it`,
        `[${tensor.shape.join(", ")}]`,
      );
    const i = tensor.data.findIndex((value) => !Number.isFinite(value));
    if (i >= 0) refuse("load", "finite numbers", `${tensor.data[i]} at ${i} of ${name}`);
    return tensor;
  };
  const standardiser: Standardiser | undefined = tensors.has("standardiser.mean")
    ? {
        mean: take("standardiser.mean", [inputs]).data,
        std: take("standardiser.std", [inputs]).data,
      }
    : undefined;
  const net = assemble(
    "load",
    inputs,
    layers,
    { seed, dtype, ...(labels && { labels }), ...(standardiser && { standardiser }) },
    ({ name, shape }, k) => {
      const tensor = take(`layers.${k}.${name}`, shape);
      const kind = tensor.data instanceof Float32Array ? "float32" : "float64";
      return kind === dtype ? tensor : refuse("load", `${name} in ${dtype}, its dtype`, kind);
    },
  );
  if (unused.size) refuse("load", "no tensor beside its layers'", listed(unused));
  return { net, metadata };
}

const listed = (tensors: ReadonlyMap<string, Tensor>): string =>
  cut([...tensors.keys()].join(", ")) || "none";

type Factory = (options: JsonObject) => Layer;

function factoriesOf({ activations = [], layers = {} }: LoadOptions): ReadonlyMap<string, Factory> {
  return new Map<string, Factory>([
    [
      "dense",
      (options) => {
        expectKeys("load", "options of dense", options, ["units", "activation"]);
        const activation = activationOf(options.activation, [linear, ...activations]);
        return dense(options.units as number, activation);
      },
    ],
    [
      "dropout",
      (options) => {
        expectKeys("load", "options of dropout", options, ["rate"]);
        const { rate } = options;
        return dropout(
          typeof rate === "number"
            ? rate
            : refuse("load", "a number as rate of dropout", shown(rate)),
        );
      },
    ],
    ...Object.entries(layers),
  ]);
}

function activationOf(found: Json | undefined, given: readonly Activation[]): Activation {
  const wanted = JSON.stringify(found);
  const texts = given.map((activation) => JSON.stringify(describeActivation(activation)));
  return given[texts.indexOf(wanted)] ?? refuseFunction("activation", texts, shown(found));
}

/** Throws: the file names what was not given. */
function refuseFunction(kind: "activation" | "layer", given: string[], wanted: string): never {
  throw new RangeError(
    `load() expects each ${kind} among ${given.join(", ")}, but the file names ${wanted}: ` +
      `pass it in ${kind}s`,
  );
}
