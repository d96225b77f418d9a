import { summary } from "@feedforward/mlp";
import type { DataSet } from "./data-set.ts";
import { widthsOf } from "./network-of.ts";
import { count, counted, rate } from "./numbers.ts";
import type { Training } from "./run-training.ts";
import { wrapped } from "./wrapped.ts";

/** What is about to be trained, on what and how, in short. */
export function describeTraining(training: Training, data: DataSet): readonly string[] {
  const { net, train, validation, settings, backend, note, screen } = training;
  const columns = screen.columns();
  const regularised = [
    settings.inputDropout ? `input dropout ${settings.inputDropout}` : "",
    settings.dropout ? `dropout ${settings.dropout}` : "",
    settings.labelSmoothing ? `label smoothing ${settings.labelSmoothing}` : "",
  ];
  const optimizer = [
    settings.optimizer,
    settings.momentum ? `${settings.nesterov ? "Nesterov " : ""}momentum ${settings.momentum}` : "",
    `learning rate ${rate(settings.learningRate)} ${settings.schedule}`,
    settings.warmUp ? `warm-up of ${counted(settings.warmUp, "epoch")}` : "",
    settings.weightDecay ? `weight decay ${settings.weightDecay}` : "",
    settings.clipNorm ? `clipped to norm ${settings.clipNorm}` : "",
    `batches of ${settings.batch}`,
    counted(settings.epochs, "epoch"),
    `seed ${settings.seed}`,
    ...`computed on ${backend.name}${note}`.split(", "),
  ];
  const said = (parts: readonly string[]): readonly string[] => parts.filter(Boolean);
  const network = [
    `${widthsOf(net)} ${settings.activation}`,
    `${count(summary(net).parameters)} parameters`,
  ];
  const images = [
    `${count(train.y.length)} for training`,
    `${count(validation?.y.length ?? 0)} for validation`,
  ];
  return [
    ...wrapped("Data       ", [data.name], columns),
    ...wrapped("           ", images, columns),
    ...wrapped("Network    ", said([...network, ...regularised]), columns),
    ...wrapped("Optimizer  ", said(optimizer), columns),
  ];
}
