/** How the weights are updated; the options' names and meanings are PyTorch's. */
export type Update =
  | { readonly kind: "sgd"; readonly learningRate: number; readonly momentum: number }
  | { readonly kind: "adam"; readonly learningRate: number };

/** One thing to train, the same for every system: float32, ReLU, softmax cross-entropy, shuffled mini-batches. */
export interface Workload {
  readonly name: string;
  /** The widths from the input to the output. */
  readonly widths: readonly number[];
  readonly batch: number;
  readonly update: Update;
  readonly data: "synthetic" | "images" | "images without zeros";
  /** What a rate counts. */
  readonly unit: "steps" | "samples";
  /** After how many steps all losses must be the same; fewer where rounding grows faster than that. */
  readonly agreeAfter: 10 | 100;
  /** How long a slice should take, in seconds. */
  readonly slice: number;
  /** How many rows are predicted at a time, when predicting is measured as well. */
  readonly predicts?: readonly number[];
}

const s = {
  name: "S",
  widths: [784, 128, 10],
  batch: 32,
  update: { kind: "sgd", learningRate: 0.1, momentum: 0 },
  data: "images",
  unit: "samples",
  agreeAfter: 100,
  slice: 0.2,
} as const satisfies Workload;

const m = {
  ...s,
  name: "M",
  widths: [784, 512, 512, 10],
  batch: 128,
  update: { kind: "sgd", learningRate: 0.05, momentum: 0.9 },
  predicts: [10_000, 1],
} as const satisfies Workload;

const l = {
  ...s,
  name: "L",
  widths: [784, 2048, 2048, 10],
  batch: 256,
  update: { kind: "adam", learningRate: 0.001 },
  agreeAfter: 10, // a small gradient divided by its own size is mostly rounding; by 100 steps it shows
  slice: 0.5,
} as const satisfies Workload;

/** The same with every pixel of 0 set to 1 of 255, so that no column of a batch is empty. */
const dense = <W extends Workload>(workload: W): Workload => ({
  ...workload,
  name: `${workload.name}-dense`,
  predicts: [],
  data: "images without zeros",
});

/** Everything that can be measured, from the smallest to the largest. */
export const workloads: readonly Workload[] = [
  {
    ...s,
    name: "XS",
    widths: [10, 32, 2],
    batch: 8,
    data: "synthetic",
    unit: "steps",
  },
  s,
  m,
  l,
  dense(s),
  dense(m),
  dense(l),
];

/** What is profiled when nothing is named: in a step of XS the clock would be most of what it sees. */
export const toProfile: readonly string[] = ["S", "M", "L"];

/** What a workload trains, in words. */
export function describe({ widths, batch, update }: Workload): string {
  const momentum = update.kind === "sgd" && update.momentum > 0 && `, momentum ${update.momentum}`;
  const name = update.kind === "sgd" ? "SGD" : "Adam";
  return `${widths.join("-")}, batch ${batch}, ${name} ${update.learningRate}${momentum || ""}`;
}
