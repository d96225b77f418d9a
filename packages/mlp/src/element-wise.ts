import type { Activation } from "@feedforward/activations";
import type { Definition, FloatArray } from "@feedforward/tensor";

/** The two definitions of an activation over whole buffers. */
export interface ElementWise {
  /** h = g(a), the first `count` elements. */
  readonly activate: Definition<[h: FloatArray, a: FloatArray, count: number]>;
  /** grad *= g'(a), in place, the first `count` elements: grad_h becomes grad_a. */
  readonly backpropagate: Definition<
    [grad: FloatArray, a: FloatArray, h: FloatArray, count: number]
  >;
}

/** g and g' over whole buffers. Each carries the kernel tag of the function that it applies. */
export function elementWise({ g, dg }: Activation): ElementWise {
  const activate = (h: FloatArray, a: FloatArray, count: number): void => {
    for (let i = 0; i < count; i++) h[i] = g(a[i]!);
  };
  const backpropagate = (grad: FloatArray, a: FloatArray, h: FloatArray, count: number): void => {
    for (let i = 0; i < count; i++) grad[i]! *= dg(a[i]!, h[i]!);
  };
  // The tag of a function of one number is that of its definition.
  return {
    activate: Object.assign(activate, g.kernel && { kernel: g.kernel }),
    backpropagate: Object.assign(backpropagate, dg.kernel && { kernel: dg.kernel }),
  };
}
