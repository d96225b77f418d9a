// The one interface that everything hangs on: decisions/0001-the-backend.md says why it has this form.
// Leaf packages (activations, optim) import none of this; they match it structurally.

/** The numbers of a tensor: 32 bits to train, 64 bits to prove. */
export type FloatArray = Float32Array | Float64Array;

/** Which of the two. */
export type Dtype = "float32" | "float64";

/** A buffer is a typed array; where a backend owns its memory, a view of it (byteOffset is the address). */
export type Buffer = FloatArray | Int32Array | Uint8Array;

/** The kinds of buffer that a backend can lay out. `float` is what `open` was asked for. */
export interface Kinds {
  readonly float: FloatArray;
  readonly int32: Int32Array;
  readonly uint8: Uint8Array;
}

/** Lays out one zeroed buffer of `length` elements. */
export type Zeros = <K extends keyof Kinds>(length: number, kind: K) => Kinds[K];

/**
 * A definition: a plain function over whole buffers, in place.
 *
 * `kernel` names its faster twin and the twin's constants, on the very function that it equals.
 */
export interface Definition<A extends readonly (Buffer | number)[]> {
  (...args: A): void;
  readonly kernel?: readonly [name: string, ...constants: number[]];
}

/** Runs a definition or its twin. The default wherever one is taken: `(f, ...args) => f(...args)`. */
export type Call = <A extends readonly (Buffer | number)[]>(f: Definition<A>, ...args: A) => void;

/** The three matrix products that training needs. All matrices are row-major and dense. */
export interface Products {
  /** C[m,n] = A[m,k] B[n,k]^T + bias in each row. `c` overlaps no operand. */
  nt(
    c: FloatArray,
    a: FloatArray,
    b: FloatArray,
    m: number,
    n: number,
    k: number,
    bias?: FloatArray,
  ): void;
  /** C[m,n] = A[m,k] B[k,n]. `c` overlaps no operand. */
  nn(c: FloatArray, a: FloatArray, b: FloatArray, m: number, n: number, k: number): void;
  /** C[m,n] = A[k,m]^T B[k,n] + beta C; beta 1 accumulates. `c` overlaps no operand. */
  tn(
    c: FloatArray,
    a: FloatArray,
    b: FloatArray,
    m: number,
    n: number,
    k: number,
    beta: 0 | 1,
  ): void;
}

/** What a run works with, once its memory is laid out and sealed. */
export interface Session extends Products {
  readonly call: Call;
  /**
   * The host wrote these buffers, in whole, or in part after a `pull`.
   *
   * Between `push` and `pull` a backend may keep a buffer elsewhere, or in another order.
   */
  push(...buffers: readonly Buffer[]): void;
  /** The host is about to read these buffers, or to write a part. Host backends return undefined; a GPU returns a promise. */
  pull(...buffers: readonly Buffer[]): Promise<void> | undefined;
  /** The size of everything laid out. */
  readonly bytes: number;
}

/** Executes definitions and products over memory that it lays out. */
export interface Backend {
  readonly name: string;
  /**
   * Lays out the memory of one run.
   *
   * `layout` only allocates: a backend may run it once to learn the bytes, and again for views of
   * memory of exactly that size. After `open` returns, nothing more can be laid out.
   */
  open<T>(
    dtype: Dtype,
    layout: (zeros: Zeros) => T,
  ): { readonly session: Session; readonly buffers: T };
}
