import type { Activation } from "@feedforward/activations";
import type { Json } from "./json.ts";

/** An activation as a file names it: its name, and the constants that its factory was given. */
export function describeActivation({ name, g }: Activation): { readonly [key: string]: Json } {
  const constants = g.kernel?.slice(1) ?? [];
  return constants.length ? { name, constants: constants as number[] } : { name };
}
