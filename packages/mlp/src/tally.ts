import type { Targets } from "@feedforward/tensor";
import type { Engine } from "./engine.ts";
import type { Evaluation, Metric } from "./metric.ts";

/** Sums over the examples seen so far. */
export interface Tally {
  count: number;
  loss: number;
  readonly metrics: Float64Array;
}

export const tallyOf = (metrics: readonly Metric[]): Tally => ({
  count: 0,
  loss: 0,
  metrics: new Float64Array(metrics.length),
});

export function resetTally(tally: Tally): void {
  tally.count = 0;
  tally.loss = 0;
  tally.metrics.fill(0);
}

/** Adds the batch that the engine has just run. */
export function addToTally(
  tally: Tally,
  metrics: readonly Metric[],
  engine: Engine,
  count: number,
): void {
  const a = engine.work.at.at(-1)!.out;
  const y = engine.target;
  tally.count += count;
  tally.loss += count * engine.loss[0]!;
  metrics.forEach((metric, i) => {
    tally.metrics[i]! +=
      y instanceof Int32Array
        ? metric.ofClasses!(a, y, count, engine.net.outputs)
        : metric.ofValues!(a, y, count, engine.net.outputs);
  });
}

/** The means: of the metrics alone, each under its name. */
export const meansOf = <Name extends string>(
  tally: Tally,
  metrics: readonly Metric<Name>[],
): { readonly [K in Name]: number } =>
  Object.fromEntries(metrics.map(({ name }, i) => [name, tally.metrics[i]! / tally.count])) as {
    readonly [K in Name]: number;
  };

/** The means: the loss, and each metric under its name. */
export const evaluationOf = <Name extends string>(
  tally: Tally,
  metrics: readonly Metric<Name>[],
): Evaluation<Name> => ({ loss: tally.loss / tally.count, ...meansOf(tally, metrics) });

/** Throws unless every metric has a name of its own and takes such targets. */
export function expectMetrics(caller: string, metrics: readonly Metric[], y: Targets): void {
  const kind = y instanceof Int32Array ? "classes" : "values";
  metrics.forEach((metric, i) => {
    const { name, ofClasses, ofValues } = metric;
    if (name === "loss" || metrics.findIndex((one) => one.name === name) !== i)
      throw new RangeError(
        `${caller}() expects each metric to have a name of its own, but metrics[${i}] is another ${name}`,
      );
    if (!(kind === "classes" ? ofClasses : ofValues))
      throw new TypeError(
        `${caller}() expects metrics of ${kind}, since y holds ${kind}, but ${name} takes none`,
      );
  });
}
