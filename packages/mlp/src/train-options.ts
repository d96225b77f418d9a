import type { Backend, Examples, FloatArray, Targets } from "@feedforward/tensor";
import type { Loss } from "./loss.ts";
import type { Evaluation, Metric } from "./metric.ts";

/** What a run needs of an optimizer; every factory of @feedforward/optim makes one. */
export interface Optimizer<State> {
  /** A fresh state for such parameters; `zeros` lays out a buffer like another. */
  init(
    params: readonly { readonly shape: readonly number[]; readonly data: FloatArray }[],
    zeros?: (like: FloatArray) => FloatArray,
  ): State;
  /** Changes parameters and state in place; `call` runs each element-wise definition. */
  step(
    params: readonly { readonly shape: readonly number[]; readonly data: FloatArray }[],
    grads: readonly FloatArray[],
    state: State,
    call?: <A extends readonly (FloatArray | number)[]>(
      definition: { (...args: A): void; readonly kernel?: readonly [string, ...number[]] },
      ...args: A
    ) => void,
  ): void;
}

/** Throws unless `optimizer` is one; the commonest mistake is a factory that was not called. */
export function expectOptimizer<State>(caller: string, optimizer: Optimizer<State>): void {
  if (typeof optimizer?.init === "function" && typeof optimizer.step === "function") return;
  const found = typeof optimizer === "function" ? "a function" : String(optimizer);
  throw new TypeError(
    `${caller}() expects an optimizer, but optimizer is ${found}: call its factory, as in adam()`,
  );
}

/** Stopping before `epochs`, when the model gets no better. */
export interface EarlyStopping<Name extends string = string> {
  /** The run ends after so many epochs in a row that were not better. */
  readonly patience: number;
  /** Whether every exit leaves the network with the weights of its best epoch. True unless told. */
  readonly restoreBest?: boolean;
  /** An epoch is better when it is lower than the best so far by more than this; 0 unless told. */
  readonly minDelta?: number;
  /** What is to become small, of the report at the end of an epoch; the loss on the validation examples unless told. NaN is never better. */
  readonly monitor?: (report: Report<Name>) => number;
}

/** What a run needs, and how it departs from its defaults. */
export interface TrainOptions<
  Y extends Targets = Targets,
  State = unknown,
  Name extends string = string,
> {
  readonly loss: Loss<Y>;
  readonly optimizer: Optimizer<State>;
  /** How often every example is seen. */
  readonly epochs: number;
  /** Examples in a step; 32 unless told. The last batch of an epoch may be shorter. */
  readonly batchSize?: number;
  /** Of the shuffling and of dropout; the network's own unless told. */
  readonly seed?: number;
  /** Evaluated at the end of each epoch. */
  readonly validation?: Examples<Y>;
  /** None unless told. */
  readonly metrics?: readonly Metric<Name>[];
  readonly earlyStopping?: EarlyStopping<NoInfer<Name>>;
  /** A report every so many steps, besides those at the end of an epoch. */
  readonly progressEvery?: number;
  /** Once aborted, it ends the run after the step or the batch under way, without an error. */
  readonly signal?: AbortSignal;
  /** What executes the run; `wasm()` unless told, `reference` for a network in float64. */
  readonly backend?: Backend;
}

/** How a run stands. At every report the network holds the current weights. */
export interface Report<Name extends string = string> {
  /** Counting from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** The steps made since the run began. */
  readonly step: number;
  /** The steps of the whole run, if nothing stops it early. */
  readonly steps: number;
  /** Whether the epoch is complete; else this is progress within it. */
  readonly endOfEpoch: boolean;
  /** The mean over the examples seen in this epoch, each before its step, with dropout at work. */
  readonly loss: number;
  /** The same mean of each metric. */
  readonly metrics: { readonly [K in Name]: number };
  /** Of the validation examples, at the end of an epoch; dropout rests. */
  readonly validation?: Evaluation<Name>;
  /** Whether this is the best epoch so far, at the end of an epoch with early stopping. */
  readonly best?: boolean;
  /** Of training alone, in this epoch: without validation, and without the time a report was held. */
  readonly samplesPerSecond: number;
}
