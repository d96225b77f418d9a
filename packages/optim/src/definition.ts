// Structurally equal to the types of @feedforward/tensor: this package imports nothing.

/** The numbers of a parameter: 32 bits to train, 64 bits to prove. */
export type FloatArray = Float32Array | Float64Array;

/** A plain function over whole buffers, in place. `kernel` names the faster twin that equals it. */
export interface Definition<A extends readonly (FloatArray | number)[]> {
  (...args: A): void;
  readonly kernel?: readonly [name: string, ...constants: number[]];
}

/** Runs a definition or its twin. */
export type Call = <A extends readonly (FloatArray | number)[]>(
  f: Definition<A>,
  ...args: A
) => void;

/** Runs the definition itself: the default wherever a `Call` is taken. */
export const direct: Call = (f, ...args) => f(...args);

/** Tags a function with the name of its faster twin. */
export const define = <A extends readonly (FloatArray | number)[]>(
  name: string,
  f: (...args: A) => void,
): Definition<A> => Object.assign(f, { kernel: [name] as const });
