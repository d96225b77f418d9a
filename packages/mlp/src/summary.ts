import { size } from "@feedforward/tensor";
import type { Network } from "./network.ts";

/** One row of a summary. */
export interface SummaryRow {
  /** The layer's name and options: "dense 512 relu". */
  readonly layer: string;
  /** The shape of its output: [rows, units], with `null` for any number of rows. */
  readonly shape: readonly [rows: null, units: number];
  /** How many numbers it learns. */
  readonly parameters: number;
}

/** A network at a glance. */
export interface Summary {
  readonly layers: readonly SummaryRow[];
  /** How many numbers the network learns. */
  readonly parameters: number;
  /** The size of the weights. */
  readonly bytes: number;
}

/**
 * A network at a glance, layer by layer: plain data, for `console.table(summary(net).layers)`.
 *
 * @example
 * summary(mlp(784, [dense(128, relu), dense(10)])).parameters // => 101770
 */
export function summary(net: Network): Summary {
  let units = net.inputs;
  const layers = net.layers.map(({ layer, params }): SummaryRow => {
    units = layer.outputs(units);
    const parameters = params.reduce((sum, { shape }) => sum + size(shape), 0);
    return { layer: describe(layer), shape: [null, units], parameters };
  });
  const parameters = layers.reduce((sum, row) => sum + row.parameters, 0);
  return { layers, parameters, bytes: parameters * (net.dtype === "float32" ? 4 : 8) };
}

/** "dense 512 relu": the layer's name and its options' values. */
function describe({ name, options }: Network["layers"][number]["layer"]): string {
  const values = Object.values(options).map((value) => {
    if (typeof value === "string") return value;
    return value instanceof Object && "name" in value ? value.name : JSON.stringify(value);
  });
  return [name, ...values].join(" ");
}
