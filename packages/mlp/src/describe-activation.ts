import type { Activation } from "@feedforward/activations";
import type { Json } from "./layer.ts";

/** An activation as a file names it: its name, and the constants that its factory was given. */
export function describeActivation(activation: Activation): { readonly [key: string]: Json } {
  return { name: activation.name };
}
