/** What some imports may weigh: bytes, bundled, minified and compressed. */
export interface Budget {
  readonly what: string;
  readonly code: string;
  readonly limit: number;
  /** Whether WebAssembly comes with it, where that is promised. */
  readonly kernels?: boolean;
}

const everything = (name: string): string => `export * from "@feedforward/${name}";`;

const network = `export { dense, mlp, train } from "@feedforward/mlp";
export { relu } from "@feedforward/activations";
export { softmaxCrossEntropy } from "@feedforward/losses";
export { adam } from "@feedforward/optim";`;

/** Promises come first; then, so that growth is noticed, the whole of each package. */
export const budgets: Readonly<Record<string, readonly Budget[]>> = {
  activations: [
    { what: "relu", code: `export { relu } from "@feedforward/activations";`, limit: 200 },
    { what: "everything", code: everything("activations"), limit: 900 },
  ],
  blas: [{ what: "everything but koffi", code: everything("blas"), limit: 28_000 }],
  data: [
    { what: "readIdx", code: `export { readIdx } from "@feedforward/data";`, limit: 1_600 },
    { what: "everything", code: everything("data"), limit: 5_000 },
  ],
  losses: [
    {
      what: "softmaxCrossEntropy",
      code: `export { softmaxCrossEntropy } from "@feedforward/losses";`,
      limit: 1_000, // decisions/0008
    },
    { what: "everything", code: everything("losses"), limit: 2_000 },
  ],
  mlp: [
    {
      what: "predicting with a trained network",
      code: `export { load, predictor } from "@feedforward/mlp/core";`,
      limit: 6_000,
      kernels: false,
    },
    {
      what: "everything without kernels",
      code: everything("mlp/core"),
      limit: 15_000,
      kernels: false,
    },
    { what: "training a network", code: network, limit: 40_000, kernels: true },
    { what: "everything", code: everything("mlp"), limit: 38_500 },
  ],
  optim: [
    { what: "adam", code: `export { adam } from "@feedforward/optim";`, limit: 1_000 },
    { what: "everything", code: everything("optim"), limit: 3_500 },
  ],
  tensor: [
    { what: "softmax", code: `export { softmax } from "@feedforward/tensor";`, limit: 1_000 },
    { what: "everything", code: everything("tensor"), limit: 7_000 },
    { what: "the conformance kit", code: everything("tensor/conformance"), limit: 7_500 },
  ],
  wasm: [{ what: "everything", code: everything("wasm"), limit: 25_500 }],
};
