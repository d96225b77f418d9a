import type { Buffer, Definition } from "./backend.ts";

/** Names the kernel that is the faster twin of a definition, and its constants, on the definition itself. */
// @__NO_SIDE_EFFECTS__ (a bundler leaves out what nobody uses)
export function define<A extends readonly (Buffer | number)[]>(
  name: string,
  f: (...args: A) => void,
  ...constants: number[]
): Definition<A> {
  return Object.assign(f, { kernel: [name, ...constants] as const });
}
