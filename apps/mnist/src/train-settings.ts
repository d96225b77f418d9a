import { UserError } from "./user-error.ts";

/** The options of `train` as the command line has them. */
export interface TrainOptions {
  readonly data?: string;
  readonly validation: number;
  readonly pixels: "standard" | "unit";
  readonly hidden: readonly number[];
  readonly activation: string;
  readonly dropout: number;
  readonly inputDropout: number;
  readonly optimizer: "sgd" | "adam";
  readonly learningRate?: number;
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly schedule: "constant" | "cosine" | "inverse-time";
  readonly decay?: number;
  readonly warmUp: number;
  readonly weightDecay: number;
  readonly clipNorm?: number;
  readonly labelSmoothing: number;
  readonly batch: number;
  readonly epochs: number;
  readonly patience?: number;
  readonly seed: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly plain?: boolean;
}

/** The same, with the defaults that depend on other options. */
export interface TrainSettings extends TrainOptions {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly decay: number;
}

/** Fills in what depends on other options. Throws where two options contradict each other. */
export function settle(options: TrainOptions): TrainSettings {
  const { optimizer, nesterov = false, schedule, decay, patience, validation } = options;
  if (optimizer === "adam" && (options.momentum || nesterov))
    throw new UserError(
      "--momentum and --nesterov are for --optimizer sgd: adam keeps a mean of gradients of its own",
    );
  const momentum = options.momentum ?? (optimizer === "sgd" ? 0.9 : 0);
  if (nesterov && momentum === 0)
    throw new UserError("--nesterov looks ahead by momentum: leave out --momentum 0");
  if (decay !== undefined && schedule !== "inverse-time")
    throw new UserError("--decay is for --schedule inverse-time");
  if (patience !== undefined && validation === 0)
    throw new UserError("--patience watches the validation loss: leave out --validation 0");
  const usualRate = optimizer === "adam" ? 0.001 : momentum > 0 ? 0.05 : 0.1;
  const learningRate = options.learningRate ?? usualRate;
  return { ...options, momentum, nesterov, learningRate, decay: decay ?? 1 };
}
