import type { BackendName } from "./backend-of.ts";
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
  readonly momentum: number;
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
  readonly backend: BackendName;
  readonly out?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly plain?: boolean;
}

/** The same, with the defaults that depend on other options. */
export interface TrainSettings extends TrainOptions {
  readonly learningRate: number;
  readonly nesterov: boolean;
  readonly decay: number;
}

/** Fills in what depends on other options. Throws where two options contradict each other. */
export function settle(options: TrainOptions): TrainSettings {
  const { optimizer, momentum, nesterov = false, schedule, decay, patience, validation } = options;
  if (optimizer === "adam" && (momentum > 0 || nesterov))
    throw new UserError(
      "--momentum and --nesterov are for --optimizer sgd: adam keeps a mean of gradients of its own",
    );
  if (nesterov && momentum === 0)
    throw new UserError("--nesterov looks ahead by momentum: give --momentum 0.9 as well");
  if (decay !== undefined && schedule !== "inverse-time")
    throw new UserError("--decay is for --schedule inverse-time");
  if (patience !== undefined && validation === 0)
    throw new UserError("--patience watches the validation loss: leave out --validation 0");
  const learningRate = options.learningRate ?? usualRate(options);
  return { ...options, nesterov, learningRate, decay: decay ?? 1 };
}

/** Momentum m makes a step 1 / (1 - m) times as long in the end, so that the rate is that much smaller. */
const usualRate = ({ optimizer, momentum }: TrainOptions): number =>
  optimizer === "adam" ? 0.001 : Number((0.1 * (1 - momentum)).toPrecision(3));
