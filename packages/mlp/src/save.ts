import type { Tensor } from "@feedforward/tensor";
import type { Description } from "./description.ts";
import { expectJson, type JsonObject } from "./json.ts";
import type { Network } from "./network.ts";
import { encode } from "./safetensors.ts";

/** What goes into a file beside the network. */
export interface SaveOptions {
  /** Anything to be kept with the network: options of the run, its history, where the data came from. */
  readonly metadata?: JsonObject;
}

/**
 * The bytes of a safetensors file with a network: weights, architecture, labels, standardiser, seed.
 *
 * Weights are named by place, `layers.0.W`. Python's `safetensors` reads them as they are. The same
 * network gives the same bytes, and so does the one that `load` makes of them.
 *
 * @returns Bytes; write them to a file, or send them.
 * @throws {RangeError} when a weight is not finite, or two parameters of a layer have one name.
 * @throws {TypeError} when `metadata` or a layer's options are not JSON as they are: NaN, undefined, a
 *   function, a class instance, or nested more than 100 deep.
 * @see `load`; the format: https://huggingface.co/docs/safetensors
 * @example
 * const bytes = save(mlp(2, [dense(2)], { seed: 1 }), { metadata: { data: "two moons" } });
 * load(bytes).metadata // => { data: "two moons" }
 */
export function save(net: Network, { metadata = {} }: SaveOptions = {}): Uint8Array<ArrayBuffer> {
  const { inputs, dtype, seed, labels } = net;
  expectJson("save", "metadata", metadata);
  const layers = net.layers.map(({ layer: { name, options } }, k) => {
    expectJson("save", `layers[${k}].options`, options);
    return { name, options };
  });
  const description: Description = {
    format: 1,
    inputs,
    dtype,
    seed,
    ...(labels && { labels }),
    layers,
    metadata,
  };
  return encode({
    tensors: tensorsOf(net),
    metadata: new Map([["feedforward", JSON.stringify(description)]]),
  });
}

/** Every tensor of a network under its name in a file. */
function tensorsOf({ inputs, layers, standardiser }: Network): ReadonlyMap<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  const add = (name: string, tensor: Tensor): void => {
    if (tensors.has(name))
      throw new RangeError(
        `save() expects each parameter of a layer to have a name of its own, but two are ${name}`,
      );
    const i = tensor.data.findIndex((value) => !Number.isFinite(value));
    if (i >= 0)
      throw new RangeError(
        `save() expects finite weights, but ${name} is ${tensor.data[i]} at ${i}`,
      );
    tensors.set(name, tensor);
  };
  let width = inputs;
  layers.forEach(({ layer, params }, k) => {
    for (const [i, { name }] of layer.parameters(width).entries())
      add(`layers.${k}.${name}`, params[i]!);
    width = layer.outputs(width);
  });
  if (standardiser) {
    add("standardiser.mean", { shape: [inputs], data: standardiser.mean });
    add("standardiser.std", { shape: [inputs], data: standardiser.std });
  }
  return tensors;
}
