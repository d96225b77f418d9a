import type { FloatArray, Session, Shape, Zeros } from "@feedforward/tensor";
import type { DrawMask } from "./draw-mask.ts";
import type { Initialiser } from "./initialisers.ts";
import type { Json } from "./json.ts";

/** What a pass brings while training, and no other: a network that only predicts draws no random numbers. */
export interface Training {
  /** Draws the mask of a dropout layer. */
  readonly drawMask: DrawMask;
}

/** Which pass through the network this is. A layer's randomness comes from these numbers alone. */
export interface Pass {
  /** False but while training: dropout and the like act only then. */
  readonly training: false | Training;
  readonly seed: number;
  /** The step of the run, counting from 0. */
  readonly step: number;
  /** The layer's place in the network, counting from 0. */
  readonly layer: number;
}

/** A parameter that a layer needs. */
export interface ParameterSpec {
  /** Within the layer. */
  readonly name: string;
  readonly shape: Shape;
  /** How it begins. Unless told, as Glorot has it for a gain of 1, as He has it for any other, and at 0 without a gain. */
  readonly initialise?: Initialiser;
  /** Of a weight [n(k), n(k-1)]: the gain of the activation behind it. */
  readonly gain?: number;
}

/** What every layer lays out, beside what it needs for itself. */
export interface LayerBuffers {
  /** h(k), [batch, outputs]. */
  readonly out: FloatArray;
  /** a(k), [batch, outputs], for a layer that has a pre-activation. */
  readonly a?: FloatArray;
  /** The parameters, in the order of `parameters()`. Absent: none. */
  readonly params?: readonly FloatArray[];
  /** Their gradients, in the same order and of the same lengths. */
  readonly grads?: readonly FloatArray[];
}

/**
 * A layer: what it allocates, and two functions over a session.
 *
 * It is plain data and keeps nothing between calls: all state lies in the buffers that `layout`
 * returns. Anything of this form is a layer; `dense` and `dropout` are two of them.
 *
 * @see The package's README, "A layer of your own".
 */
export interface Layer<S extends LayerBuffers = LayerBuffers> {
  /** Names the layer's factory in files and tables. */
  readonly name: string;
  /** What the factory was given, for files and tables. */
  readonly options: { readonly [option: string]: Json };
  /** The width of the output for a width of the input. */
  outputs(inputs: number): number;
  /** The parameters for a width of the input. Allocates nothing. */
  parameters(inputs: number): readonly ParameterSpec[];
  /** Lays out the buffers for up to `batch` rows. Only allocates: it may be run twice. */
  layout(zeros: Zeros, batch: number, inputs: number): S;
  /** Writes `at.out` from `x`, the first `rows` rows of each. */
  forward(session: Session, at: S, x: FloatArray, rows: number, pass: Pass): void;
  /**
   * Overwrites `at.grads`, and `gradX` where it is given, from `gradOut`, for the rows of the last
   * forward pass. May use `gradOut` as its scratch.
   */
  backward(
    session: Session,
    at: S,
    x: FloatArray,
    rows: number,
    gradOut: FloatArray,
    gradX?: FloatArray,
  ): void;
}
