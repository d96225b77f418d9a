import { type FloatArray, products, type Session } from "@feedforward/tensor";
import type { Library } from "./library.ts";

const ROW_MAJOR = 101;
const AS_IT_IS = 111;
const TRANSPOSED = 112;

/** A session whose products are those of a library. */
export function sessionOn(inner: Session, library: Library, threads: number): Session {
  const { sgemm } = library;
  return {
    ...inner,
    nt(c, a, b, m, n, k, bias) {
      if (small(m, n, k)) return inner.nt(c, a, b, m, n, k, bias);
      library.useThreads(threads);
      if (bias) for (let i = 0; i < m; i++) c.set(bias, i * n);
      sgemm(ROW_MAJOR, AS_IT_IS, TRANSPOSED, m, n, k, 1, a as Float32Array, k, b as Float32Array, k, bias ? 1 : 0, c as Float32Array, n);
    },
    nn(c, a, b, m, n, k) {
      if (small(m, n, k)) return inner.nn(c, a, b, m, n, k);
      library.useThreads(threads);
      sgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, m, n, k, 1, a as Float32Array, k, b as Float32Array, n, 0, c as Float32Array, n);
    },
    tn(c, a, b, m, n, k, beta) {
      if (small(m, n, k)) return inner.tn(c, a, b, m, n, k, beta);
      library.useThreads(threads);
      sgemm(ROW_MAJOR, TRANSPOSED, AS_IT_IS, m, n, k, 1, a as Float32Array, m, b as Float32Array, n, beta, c as Float32Array, n);
    },
  };
}
const small = (m: number, n: number, k: number): boolean => m * n * k < 32768;
