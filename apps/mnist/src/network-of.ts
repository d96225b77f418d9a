import { pixelScale } from "@feedforward/data";
import { dense, dropout, type Layer, mlp, type Network } from "@feedforward/mlp";
import type { Rows } from "@feedforward/tensor";
import { activations } from "./activation-names.ts";
import { pixelStandardiser } from "./pixel-standardiser.ts";
import type { TrainSettings } from "./train-settings.ts";

/** The network that the settings ask for, with fresh weights. It takes pixels as bytes, scaled as `x` needs. */
export function networkOf(settings: TrainSettings, x: Rows, classes: number): Network {
  const { hidden, seed, inputDropout, pixels } = settings;
  const [, inputs] = x.shape;
  const standardiser = pixels === "standard" ? pixelStandardiser(x) : pixelScale(inputs);
  const activation = activations[settings.activation]!;
  const dropped = (rate: number): readonly Layer[] => (rate > 0 ? [dropout(rate)] : []);
  const layers = [
    ...dropped(inputDropout),
    ...hidden.flatMap((units) => [dense(units, activation), ...dropped(settings.dropout)]),
    dense(classes),
  ];
  const labels = Array.from({ length: classes }, (_, c) => String(c));
  return mlp(inputs, layers, { seed, labels, standardiser });
}

/** "784-128-10" */
export const widthsOf = ({ inputs, layers }: Network): string =>
  [inputs, ...layers.flatMap(({ params: [W] }) => (W ? [W.shape[0]] : []))].join("-");
