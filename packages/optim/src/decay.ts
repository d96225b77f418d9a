import type { Parameter } from "./optimizer.ts";

/** Chooses the parameters that decay. */
export type Mask = (param: Parameter, index: number) => boolean;

/** Weights decay, biases (rank below 2) do not. */
export const weightsOnly: Mask = ({ shape }) => shape.length >= 2;

/** How weight decay is asked for, in the options of an optimizer. */
export interface DecayOptions {
  /**
   * λ of decoupled weight decay: each step also subtracts rate · λ · w. 0 by default.
   *
   * Decoupled means that momentum and moments never see it: AdamW, not the L2 penalty that
   * `weight_decay` is in PyTorch's `SGD` and `Adam`.
   */
  readonly weightDecay?: number;
  /** Which parameters decay; by default those of rank 2 and above, so biases are spared. */
  readonly mask?: Mask;
}
