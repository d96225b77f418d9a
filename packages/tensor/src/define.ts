import type { Buffer, Definition } from "./backend.ts";

/** Names the kernel that is the faster twin of a definition, on the definition itself. */
export function define<A extends readonly (Buffer | number)[]>(
  name: string,
  f: (...args: A) => void,
): Definition<A> {
  return Object.assign(f, { kernel: [name] as const });
}
