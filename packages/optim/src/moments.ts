import { checkFraction, checkRate } from "./check.ts";
import type { FloatArray } from "./definition.ts";
import type { Parameter, Zeros } from "./optimizer.ts";

export interface MomentsOptions {
  /** How much of the mean of gradients is kept, in [0, 1). 0.9 by default. */
  readonly beta1?: number;
  /** How much of the mean of squared gradients is kept, in [0, 1). 0.999 by default. */
  readonly beta2?: number;
  /** Keeps the quotient finite where all gradients were 0: with ε = 0 it is NaN there. 1e-8 by default. */
  readonly epsilon?: number;
}

/** The running means that Adam keeps, and the powers that correct their bias. */
export interface MomentsState {
  /** How many steps were made. */
  step: number;
  /** β1^step, as a running product: engines differ in the last bit of `Math.pow`. */
  beta1Power: number;
  /** β2^step, as a running product. */
  beta2Power: number;
  /** The mean of gradients for each parameter, of its length and kind. */
  readonly m: readonly FloatArray[];
  /** The mean of squared gradients for each parameter, of its length and kind. */
  readonly v: readonly FloatArray[];
}

export function checkMoments(caller: string, beta1: number, beta2: number, epsilon: number): void {
  checkFraction(caller, "beta1", beta1);
  checkFraction(caller, "beta2", beta2);
  checkRate(caller, "epsilon", epsilon);
}

export const zeroMoments = (params: readonly Parameter[], zeros: Zeros): MomentsState => ({
  step: 0,
  beta1Power: 1,
  beta2Power: 1,
  m: params.map(({ data }) => zeros(data)),
  v: params.map(({ data }) => zeros(data)),
});

/** Counts a step: β^t = β^(t-1) β. */
export function countStep(state: MomentsState, beta1: number, beta2: number): void {
  state.step++;
  state.beta1Power *= beta1;
  state.beta2Power *= beta2;
}
