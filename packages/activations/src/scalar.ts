/**
 * A function of numbers that may name its faster twin.
 *
 * `kernel` holds the twin's name and its constants. It sits on the very function that the twin
 * equals, so `{ ...tanh, g: mine }` loses it, as it must.
 */
export interface Scalar<A extends number[]> {
  (...x: A): number;
  readonly kernel?: readonly [name: string, ...constants: number[]];
}

/**
 * Tags `f`, a function made for this, with the name of its twin and the twin's constants.
 *
 * @__NO_SIDE_EFFECTS__ A bundler leaves out what nobody uses.
 */
export function scalar<A extends number[]>(
  f: (...x: A) => number,
  name: string,
  ...constants: number[]
): Scalar<A> {
  return Object.assign(f, { kernel: [name, ...constants] as const });
}
