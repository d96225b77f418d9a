/** From here on there is no loss: medians of 30 ratios between equals come as low as that. */
export const NO_LOSS = 0.97;

/** A ratio that a row is to reach against another of the same run. */
export interface Floor {
  readonly system: string;
  /** Of several the fastest in that run. */
  readonly against: readonly string[];
  readonly workload: string;
  /** Of predicting so many rows, rather than of training. */
  readonly rows?: number;
  readonly floor: number;
  readonly stretch?: number;
}

const rows = (
  system: string,
  against: string | readonly string[],
  ratios: Readonly<Record<string, readonly [floor: number, stretch?: number]>>,
): Floor[] =>
  Object.entries(ratios).map(([workload, [floor, stretch]]) => ({
    system,
    against: [against].flat(),
    workload,
    floor,
    ...(stretch && { stretch }),
  }));

/** What the project set itself. A row that a run does not have is left out. */
export const floors: readonly Floor[] = [
  ...rows("ours-reference", "convnetjs", { XS: [10], S: [2], M: [3] }),
  ...rows("ours-wasm", "torch-1", {
    XS: [40, 80],
    S: [2.5, 3.5],
    "S-dense": [1.8],
    M: [0.75, 1],
    "M-dense": [0.65],
    L: [0.5, 0.65],
    "L-dense": [0.45],
  }),
  ...rows("ours-wasm", "jax-js", { XS: [40], S: [4], M: [2.2], L: [1.6] }),
  ...rows("ours-wasm-2", "ours-wasm", { XS: [NO_LOSS], S: [NO_LOSS], M: [1.4], L: [1.6] }),
  {
    system: "ours-wasm",
    against: ["torch-1"],
    workload: "M",
    rows: 10_000,
    floor: 0.5,
    stretch: 0.667,
  },
  ...rows("ours-blas", "torch-1", { S: [3, 4], M: [1.4, 1.6], L: [1, 1.2] }),
  ...rows("ours-blas", "openblas", { S: [0.85], M: [0.85], L: [0.85] }),
  ...rows("ours-blas-2", ["torch-2", "torch-2-openmp"], { M: [1.1], L: [1.1] }),
];

/** A number of seconds that a row is to stay below. */
export interface Limit {
  readonly system: string;
  /** The start of a process, or a prediction of so many rows with M. */
  readonly what: "start-up" | 1;
  readonly limit: number;
  readonly stretch?: number;
}

/** The same for what has no rival to be measured against. */
export const limits: readonly Limit[] = [
  { system: "ours-wasm", what: "start-up", limit: 0.25 },
  { system: "ours-wasm", what: 1, limit: 200e-6, stretch: 120e-6 },
];
