import { type Activation, linear } from "@feedforward/activations";
import type { Standardiser, Tensor } from "@feedforward/tensor";
import { dense } from "./dense.ts";
import { describeActivation } from "./describe-activation.ts";
import { dropout } from "./dropout.ts";
import type { Json } from "./json.ts";
import type { Layer, ParameterSpec } from "./layer.ts";
import { assemble, type Dtype, type Network } from "./network.ts";
import { decode, refuse } from "./safetensors.ts";
import type { Description } from "./save.ts";

/** Options of a layer as a file has them. */
export type LayerOptions = { readonly [option: string]: Json };

/** What a file may name. */
export interface LoadOptions {
  /** The activations that the file may name, by their `name`; only `linear` unless told. */
  readonly activations?: readonly Activation[];
  /** Layers of your own that the file may name: from the options in the file to the layer. */
  readonly layers?: { readonly [name: string]: (options: LayerOptions) => Layer };
}

/** A network from a file, and what was kept with it. */
export interface Loaded {
  readonly net: Network;
  readonly metadata: { readonly [key: string]: Json };
}

/**
 * Reads a network from the bytes of a file that `save` made.
 *
 * The functions that the file may name are given, as code never comes out of a file: `relu`, or
 * `leakyRelu({ slope: 0.2 })` with the same options as when it was saved. Every length, shape and
 * number is checked before it is believed.
 *
 * @throws {RangeError} when the file is truncated, damaged, contradicts itself, holds a number that
 *   is not finite, or names an activation or a layer that is not given.
 * @throws {TypeError} when `bytes` is no Uint8Array.
 * @see `save`
 * @example
 * const net = mlp(2, [dense(3, relu), dense(2)], { seed: 1 });
 * const loaded = load(save(net), { activations: [relu] });
 * loaded.net.layers[0]?.params[0]?.shape // => [3, 2]
 */
export function load(
  bytes: Uint8Array,
  { activations = [], layers = {} }: LoadOptions = {},
): Loaded {
  const { tensors, metadata } = decode("load", bytes);
  const description = descriptionOf(metadata.feedforward);
  const factories: LoadOptions["layers"] = {
    dense: ({ units, activation }) =>
      dense(units as number, activationOf(activation, [linear, ...activations])),
    dropout: ({ rate }) => dropout(rate as number),
    ...layers,
  };
  const made = description.layers.map(({ name, options }) => {
    const factory = Object.hasOwn(factories, name) ? factories[name] : undefined;
    return (
      factory?.(options) ??
      refuse(
        "load",
        `layers among ${Object.keys(factories).join(", ")}`,
        `${name} (pass it in layers)`,
      )
    );
  });
  const unused = new Set(tensors.keys());
  const take = (name: string, shape: readonly number[]): Tensor => {
    const tensor =
      tensors.get(name) ?? refuse("load", `a tensor ${name}`, [...tensors.keys()].join(", "));
    if (String(tensor.shape) !== String(shape))
      refuse("load", `${name} of [${shape.join(", ")}], as the architecture has it`, tensor.shape);
    expectFinite(name, tensor);
    unused.delete(name);
    return tensor;
  };
  const standardiser: Standardiser | undefined = tensors.has("standardiser.mean")
    ? {
        mean: take("standardiser.mean", [description.inputs]).data,
        std: take("standardiser.std", [description.inputs]).data,
      }
    : undefined;
  const { inputs, seed, labels } = description;
  const dtype = description.dtype as Dtype;
  const net = assemble(
    "load",
    inputs,
    made,
    { seed, dtype, ...(labels && { labels }), ...(standardiser && { standardiser }) },
    ({ name, shape }: ParameterSpec, k) => {
      const tensor = take(`layers.${k}.${name}`, shape);
      const kind = tensor.data instanceof Float32Array ? "float32" : "float64";
      return kind === dtype
        ? tensor
        : refuse("load", `${name} of ${dtype}, the network's dtype`, kind);
    },
  );
  if (unused.size) refuse("load", "no tensor beside the network's", [...unused].join(", "));
  return { net, metadata: description.metadata };
}

function activationOf(found: Json | undefined, given: readonly Activation[]): Activation {
  const wanted = JSON.stringify(found);
  const activation = given.find((one) => JSON.stringify(describeActivation(one)) === wanted);
  if (activation) return activation;
  const names = given.map((one) => JSON.stringify(describeActivation(one))).join(", ");
  return refuse("load", `activations among ${names}`, `${wanted} (pass it in activations)`);
}

function descriptionOf(json: string | undefined): Description {
  if (json === undefined)
    refuse("load", "a network's description", "none (safetensors of another program?)");
  let found: Partial<Description> | null = null;
  try {
    found = JSON.parse(json) as Partial<Description> | null;
  } catch {
    // refused below, with what is there
  }
  const isObject = (value: unknown): boolean =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const fits =
    isObject(found) &&
    found?.format === 1 &&
    Array.isArray(found.layers) &&
    found.layers.every((layer) => typeof layer?.name === "string" && isObject(layer.options)) &&
    (found.labels === undefined || isStrings(found.labels)) &&
    isObject(found.metadata);
  if (!fits) refuse("load", "a network's description of format 1", json.slice(0, 60));
  return found as Description;
}

const isStrings = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");

function expectFinite(name: string, { data }: Tensor): void {
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      refuse("load", "finite numbers", `${data[i]} at ${i} of ${name}`);
}
