import { type FloatArray, type Session, ShapeError } from "@feedforward/tensor";
import { addressOf, type Library } from "./library.ts";
import { AS_IT_IS, multiplyWith, ROW_MAJOR, TRANSPOSED } from "./pieces.ts";
import { chooser } from "./zeros.ts";

const [WIDE, LONG] = [64, 16]; // from here on our kernels leave out what is zero

/** A session with the products of a library, over the memory of another session, where `any` lies. */
export function sessionOn(
  ours: Session,
  library: Library,
  threads: number,
  any: FloatArray,
): Session {
  const memory = any.buffer;
  const base = addressOf(memory);
  const multiply = multiplyWith(library);
  const threadsFor = chooser(threads);

  const isHere = (x: FloatArray): boolean => x.buffer === memory && x instanceof Float32Array;

  /** The address of an operand. What is too short would be read, or written, beyond its end. */
  function at(product: string, name: string, x: FloatArray, length: number): number {
    if (x.length < length)
      throw new ShapeError(
        `${product}() expects ${length} numbers in ${name}, but ${name} has ${x.length}`,
      );
    return base + x.byteOffset;
  }

  return {
    ...ours,
    nt(c, a, b, m, n, k, bias) {
      if (isSmall(m, n, k) || isFlat(m, n, k) || !isHere(c) || !isHere(a) || !isHere(b))
        return ours.nt(c, a, b, m, n, k, bias);
      const cAt = at("nt", "c", c, m * n);
      const aAt = at("nt", "a", a, m * k);
      const bAt = at("nt", "b", b, n * k);
      const count = m > 1 && isWide(n, k) ? threadsFor(m * n * k, a, m * k) : 1;
      if (count === 0) return ours.nt(c, a, b, m, n, k, bias);
      ours.pull(a, b, c, ...(bias ? [bias] : [])); // ours may lie in another order; a library takes rows
      library.useThreads(count);
      if (bias) setRows(c, bias, m, n);
      const beta = bias ? 1 : 0;
      if (m === 1) library.sgemv(ROW_MAJOR, AS_IT_IS, n, k, 1, bAt, k, aAt, 1, beta, cAt, 1);
      else multiply(count, AS_IT_IS, TRANSPOSED, m, n, k, aAt, k, bAt, k, beta, cAt, n);
    },
    nn(c, a, b, m, n, k) {
      if (isSmall(m, n, k) || !isHere(c) || !isHere(a) || !isHere(b))
        return ours.nn(c, a, b, m, n, k);
      const cAt = at("nn", "c", c, m * n);
      const aAt = at("nn", "a", a, m * k);
      const bAt = at("nn", "b", b, n * k);
      const count = isWide(n, k) ? threadsFor(m * n * k, a, m * k) : 1;
      if (count === 0) return ours.nn(c, a, b, m, n, k);
      ours.pull(a, b, c);
      library.useThreads(count);
      multiply(count, AS_IT_IS, AS_IT_IS, m, n, k, aAt, k, bAt, n, 0, cAt, n);
    },
    tn(c, a, b, m, n, k, beta) {
      if (isSmall(m, n, k) || !isHere(c) || !isHere(a) || !isHere(b))
        return ours.tn(c, a, b, m, n, k, beta);
      const cAt = at("tn", "c", c, m * n);
      const aAt = at("tn", "a", a, m * k);
      const bAt = at("tn", "b", b, n * k);
      const count = m >= WIDE && isWide(n, k) ? threadsFor(m * n * k, b, n * k, a, m * k) : 1;
      if (count === 0) return ours.tn(c, a, b, m, n, k, beta);
      ours.pull(a, b, c);
      library.useThreads(count);
      multiply(count, TRANSPOSED, AS_IT_IS, m, n, k, aAt, m, bAt, n, beta, cAt, n);
    },
  };
}

/** What our kernels have computed before a library is called. */
const isSmall = (m: number, n: number, k: number): boolean => m * n * k < 32_768;

/** Few rows times a matrix that no cache holds: a library would pack all of it first. */
const isFlat = (m: number, n: number, k: number): boolean => m > 1 && m < 8 && n * k >= 2 ** 20;

const isWide = (n: number, k: number): boolean => n >= WIDE && k >= LONG;

/** Each of the m rows of c[m,n] becomes `row`. */
function setRows(c: FloatArray, row: FloatArray, m: number, n: number): void {
  c.set(row.length === n ? row : row.subarray(0, n));
  for (let done = n; done < m * n; done *= 2) c.copyWithin(done, 0, Math.min(done, m * n - done));
}
