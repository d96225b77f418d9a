import type { Tensor } from "@feedforward/tensor";
import type { Json } from "./json.ts";
import type { Network } from "./network.ts";
import { encode } from "./safetensors.ts";

/** What goes into a file beside the network. */
export interface SaveOptions {
  /** Anything to be kept with the network: options of the run, its history, where the data came from. */
  readonly metadata?: { readonly [key: string]: Json };
}

/** How a file describes a network, as JSON under `__metadata__.feedforward`. */
export interface Description {
  readonly format: 1;
  readonly inputs: number;
  readonly dtype: string;
  readonly seed: number;
  readonly labels?: readonly string[];
  readonly layers: readonly {
    readonly name: string;
    readonly options: { readonly [option: string]: Json };
  }[];
  readonly metadata: { readonly [key: string]: Json };
}

/**
 * The bytes of a safetensors file with a network: weights, architecture, labels, standardiser, seed.
 *
 * Weights are named by place, `layers.0.W`. Python's `safetensors` reads them as they are.
 *
 * @returns Bytes; write them to a file, or send them. The same network gives the same bytes.
 * @throws {TypeError} when `metadata` cannot be written as JSON.
 * @see `load`; the format: https://huggingface.co/docs/safetensors
 * @example
 * const bytes = save(mlp(2, [dense(2)], { seed: 1 }), { metadata: { data: "two moons" } });
 * load(bytes).metadata // => { data: "two moons" }
 */
export function save(net: Network, { metadata = {} }: SaveOptions = {}): Uint8Array<ArrayBuffer> {
  const { inputs, dtype, seed, labels, standardiser } = net;
  const tensors = new Map<string, Tensor>();
  let width = inputs;
  net.layers.forEach(({ layer, params }, k) => {
    for (const [i, { name }] of layer.parameters(width).entries())
      tensors.set(`layers.${k}.${name}`, params[i]!);
    width = layer.outputs(width);
  });
  if (standardiser)
    for (const [name, data] of Object.entries(standardiser))
      tensors.set(`standardiser.${name}`, { shape: [inputs], data });
  const layers = net.layers.map(({ layer: { name, options } }) => ({ name, options }));
  const description: Description = {
    format: 1,
    inputs,
    dtype,
    seed,
    ...(labels && { labels }),
    layers,
    metadata,
  };
  return encode({ tensors, metadata: { feedforward: JSON.stringify(description) } });
}
