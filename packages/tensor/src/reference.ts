import type { Backend, Dtype, Kinds, Session, Zeros } from "./backend.ts";
import { checkDtype, floatArray } from "./float-array.ts";
import { products } from "./products.ts";

/**
 * The reference backend: every definition as it stands, in plain TypeScript, on the heap.
 *
 * Runs in float32 to train and in float64 to prove. Products keep one double accumulator per entry,
 * so a float32 result is rounded once.
 *
 * @example
 * const { session, buffers } = reference.open("float32", (zeros) => ({
 *   a: zeros(2, "float"),
 *   b: zeros(2, "float"),
 *   c: zeros(1, "float"),
 * }));
 * buffers.a.set([1, 2]);
 * buffers.b.set([3, 4]);
 * session.nt(buffers.c, buffers.a, buffers.b, 1, 1, 2);
 * buffers.c[0] // => 11
 */
export const reference: Backend = {
  name: "reference",
  open<T>(
    dtype: Dtype,
    layout: (zeros: Zeros) => T,
  ): { readonly session: Session; readonly buffers: T } {
    checkDtype("open", dtype);
    let bytes = 0;
    let sealed = false;
    const zeros: Zeros = (length, kind) => {
      if (sealed)
        throw new RangeError("zeros() expects to be called by layout, but memory is sealed");
      if (!Number.isSafeInteger(length) || length < 0)
        throw new RangeError(`zeros() expects a length of 0 or more, but length is ${length}`);
      const buffer = allocate(dtype, length, kind);
      bytes += buffer.byteLength;
      return buffer;
    };
    const buffers = layout(zeros);
    sealed = true;
    const session: Session = {
      ...products,
      call: (f, ...args) => f(...args),
      push: () => {},
      pull: () => undefined,
      bytes,
    };
    return { session, buffers };
  },
};

function allocate<K extends keyof Kinds>(dtype: Dtype, length: number, kind: K): Kinds[K] {
  const kinds: { [P in keyof Kinds]: () => Kinds[P] } = {
    float: () => floatArray(dtype, length),
    int32: () => new Int32Array(length),
    uint8: () => new Uint8Array(length),
  };
  return kinds[kind]();
}
