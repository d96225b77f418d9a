import { constant, cosine, inverseTime, type Schedule, warmUp } from "@feedforward/optim";
import type { TrainSettings } from "./train-settings.ts";

/** The learning rate of each step. On the command line times are epochs; here they become steps. */
export function learningRateOf(settings: TrainSettings, stepsPerEpoch: number): Schedule {
  const { schedule, decay, learningRate: from, epochs } = settings;
  const rising = Math.round(settings.warmUp * stepsPerEpoch);
  const steps = Math.max(1, epochs * stepsPerEpoch - rising);
  const then =
    schedule === "cosine"
      ? cosine({ from, steps })
      : schedule === "inverse-time"
        ? inverseTime({ from, decay: decay / stepsPerEpoch })
        : constant(from);
  return rising > 0 ? warmUp({ steps: rising, then }) : then;
}
