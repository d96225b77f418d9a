import type { Scalar } from "./scalar.ts";

/**
 * An activation: its formula h = g(a), and its derivative g'(a).
 *
 * Plain data: an activation of your own is an object with these five fields.
 *
 * @example
 * import type { Activation } from "@feedforward/activations";
 *
 * const square: Activation = {
 *   name: "square",
 *   g: (a) => a * a,
 *   dg: (a) => 2 * a,
 *   gain: 1,
 *   range: [0, Infinity],
 * };
 * square.g(3) // => 9
 */
export interface Activation {
  /** The field's name for it. A factory's options are the constants in `g.kernel`. */
  readonly name: string;
  /** h = g(a). */
  readonly g: Scalar<[a: number]>;
  /** g'(a), with h = g(a) at hand. */
  readonly dg: Scalar<[a: number, h: number]>;
  /** How much wider weights begin because of g: 1 asks for Glorot's initialiser, others for He's. */
  readonly gain: number;
  /** The least and the greatest value of g. An infinite end, or an asymptote, may only be approached. */
  readonly range: readonly [number, number];
}
