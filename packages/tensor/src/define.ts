import type { Buffer, Definition } from "./backend.ts";

/**
 * Names the kernel that is the faster twin of a definition, and its constants, on the definition itself.
 *
 * @returns `f`, which runs as it did.
 * @__NO_SIDE_EFFECTS__ A bundler leaves out what nobody uses.
 * @example
 * const scale = define("scale", (x: Float32Array, by: number) => x.forEach((_, i) => { x[i]! *= by; }));
 * scale.kernel // => ["scale"]
 */
export function define<A extends readonly (Buffer | number)[]>(
  name: string,
  f: (...args: A) => void,
  ...constants: number[]
): Definition<A> {
  return Object.assign(f, { kernel: [name, ...constants] as const });
}
