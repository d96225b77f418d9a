import type { FloatArray } from "@feedforward/tensor";
import { type Loss, type LossDefinition, makeLoss } from "../index.ts";
import golden from "./golden.json" with { type: "json" };

/** What the first argument or the targets of a loss may be. */
export type Contents = "numbers" | "chances" | "distributions";

interface Case {
  /** Besides its defaults, a factory is tested with each of these. */
  readonly options?: readonly object[];
  readonly input?: Contents;
  readonly values?: Contents;
  /** Classes are of one output: yes or no. */
  readonly single?: boolean;
  /** What makes the loss, where the export is not itself its factory. */
  readonly make?: () => Loss<never>;
}

const cases: Readonly<Record<string, Case>> = {
  softmaxCrossEntropy: {
    options: [{ labelSmoothing: 0.1 }, { labelSmoothing: 1 }],
    values: "distributions",
  },
  sigmoidCrossEntropy: { values: "chances", single: true },
  meanSquaredError: { values: "numbers" },
  negativeLogLikelihood: { input: "distributions" },
  makeLoss: {
    values: "numbers",
    make: () =>
      makeLoss("huber", {
        ofValues: (grad, loss, a, y, rows, columns) => {
          const count = rows * columns;
          let sum = 0;
          for (let i = 0; i < count; i++) {
            const residual = a[i]! - y[i]!;
            const slope = Math.max(-1, Math.min(1, residual));
            sum += slope * (residual - slope / 2);
            grad[i] = slope / count;
          }
          loss[0] = sum / count;
        },
      }),
  },
};

export interface Row {
  readonly label: string;
  readonly name: string;
  readonly options: object;
  readonly kind: "classes" | "values";
  readonly loss: Loss;
  readonly input: Contents;
  readonly values: Contents;
  readonly single: boolean;
}

/** One row per loss and kind of targets; an export that is not in `cases` is an error. */
export function rows(module: Readonly<Record<string, unknown>>): Row[] {
  return Object.entries(module).flatMap(([name, value]) => {
    const listed = Object.hasOwn(cases, name) ? cases[name]! : undefined;
    if (typeof value !== "function" || !listed) throw new Error(`${name} is not listed in cases`);
    const { input = "numbers", values = "numbers", single = false } = listed;
    return [undefined, ...(listed.options ?? [])].flatMap((options): Row[] => {
      const loss: Loss = listed.make ? listed.make() : options ? value(options) : value();
      return (["classes", "values"] as const)
        .filter((kind) => (kind === "classes" ? loss.ofClasses : loss.ofValues))
        .map((kind) => ({
          label: `${name}(${options ? JSON.stringify(options) : ""}) of ${kind}`,
          ...{ name, options: options ?? {}, kind, loss, input, values },
          single: single && kind === "classes",
        }));
    });
  });
}

/** The definition of a row's kind of targets, whichever they are. */
export const definitionOf = ({ kind, loss }: Row): LossDefinition<Int32Array | FloatArray> =>
  (kind === "classes" ? loss.ofClasses : loss.ofValues) as never;

/** PyTorch's results for a row, if there are any. */
export const goldenCase = (
  { name, options, kind }: Row,
  dtype: "float64" | "float32",
): (typeof golden.cases)[number] | undefined =>
  golden.cases.find(
    (entry) =>
      entry.name === name &&
      entry.kind === kind &&
      entry.dtype === dtype &&
      JSON.stringify(entry.options) === JSON.stringify(options),
  );
