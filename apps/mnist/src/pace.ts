import { accuracy, type Metric } from "@feedforward/mlp";

const VALIDATION_WORK = 1 / 3; // a forward pass alone

/** How much of a run is done, by counting the rows that have gone through the network. */
export interface Pace {
  /** The metric accuracy, which counts the rows that it sees: those of training and of validation. */
  readonly metric: Metric<"accuracy">;
  /** Of the whole run, in [0, 1]. */
  done(): number;
  /** Undefined until enough is done to guess. */
  secondsLeft(): number | undefined;
}

const ENOUGH = 0.5; // s: compilers are still warming up before

/**
 * @param onRows Called after every batch.
 * @param now In milliseconds.
 */
export function paceOf(
  training: number,
  validation: number,
  epochs: number,
  onRows: () => void,
  now: () => number = () => performance.now(),
): Pace {
  const epochWork = training + validation * VALIDATION_WORK;
  const start = now();
  let rows = 0;
  const done = (): number => {
    const epoch = Math.floor(rows / (training + validation));
    const within = rows % (training + validation);
    const work = Math.min(within, training) + Math.max(0, within - training) * VALIDATION_WORK;
    return Math.min(1, (epoch + work / epochWork) / epochs);
  };
  return {
    metric: {
      name: "accuracy",
      ofClasses: (a, y, count, columns) => {
        rows += count;
        onRows();
        return accuracy.ofClasses(a, y, count, columns);
      },
    },
    done,
    secondsLeft: () => {
      const seconds = (now() - start) / 1000;
      const share = done();
      return seconds < ENOUGH || share === 0 ? undefined : (seconds * (1 - share)) / share;
    },
  };
}
