/** One wrong line, and the test that must notice it. */
export interface Fault {
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  readonly project: string;
  /** Part of the full name of a test that turns red. */
  readonly test: string;
}

const faultsOf =
  (folder: string, project: string) =>
  (file: string, from: string, to: string, test: string): Fault => ({
    file: `${folder}/${file}`,
    from,
    to,
    project,
    test,
  });

const activations = faultsOf("packages/activations/src", "activations");

/** What `pnpm mutate` breaks, one at a time. */
export const faults: readonly Fault[] = [
  activations("tanh.ts", "1 - h * h", "1 + h * h", "g' is the central difference of g"),
  activations("relu.ts", "a <= 0 ? 0 : 1", "a < 0 ? 0 : 1", "g and g' equal PyTorch's"),
  activations("relu.ts", "Math.max(0, a)", "a > 0 ? a : 0", "g passes NaN through"),
];
