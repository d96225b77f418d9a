import {
  type FloatArray,
  gatherColumns,
  type Session,
  ShapeError,
  scatterColumns,
} from "@feedforward/tensor";
import { gatherColumnsWith, type Room, rowsThatFit } from "./columns.ts";
import { addressOf, type Library } from "./library.ts";
import { AS_IT_IS, multiplyWith, ROW_MAJOR, TRANSPOSED } from "./pieces.ts";

/** What our kernels have computed before a library is called. */
const isSmall = (m: number, n: number, k: number): boolean => m * n * k < 32_768;

/** Few rows times a matrix that no cache holds: a library would pack all of it first. */
const isFlat = (m: number, n: number, k: number): boolean => m > 1 && m < 8 && n * k >= 2 ** 20;

/** A session with the products of a library, over the memory that the room is in. */
export function sessionOn(inner: Session, library: Library, threads: number, room: Room): Session {
  const memory = room.x.buffer;
  const base = addressOf(memory);
  const multiply = multiplyWith(library);
  const gather = gatherColumnsWith(inner, library, room);
  const { list } = room;
  const [roomX, roomW] = [base + room.x.byteOffset, base + room.w.byteOffset];

  const ours = (x: FloatArray): boolean => x.buffer === memory && x instanceof Float32Array;

  /** The address of an operand. What is too short would be read, or written, beyond its end. */
  function at(product: string, name: string, x: FloatArray, length: number): number {
    if (x.length < length)
      throw new ShapeError(
        `${product}() expects ${length} numbers in ${name}, but ${name} has ${x.length}`,
      );
    return base + x.byteOffset;
  }

  return {
    ...inner,
    nt(c, a, b, m, n, k, bias) {
      if (isSmall(m, n, k) || isFlat(m, n, k) || !ours(c) || !ours(a) || !ours(b))
        return inner.nt(c, a, b, m, n, k, bias);
      const [cAt, aAt, bAt] = [
        at("nt", "c", c, m * n),
        at("nt", "a", a, m * k),
        at("nt", "b", b, n * k),
      ];
      library.useThreads(threads);
      if (bias) setRows(c, bias, m, n);
      const beta = bias ? 1 : 0;
      if (m === 1) {
        library.sgemv(ROW_MAJOR, AS_IT_IS, n, k, 1, bAt, k, aAt, 1, beta, cAt, 1);
        return;
      }
      const kept = gather(a, m, k, n, bAt, n * k);
      if (!kept) return multiply(AS_IT_IS, TRANSPOSED, m, n, k, aAt, k, bAt, k, beta, cAt, n);
      const most = rowsThatFit(room.w, n, kept);
      for (let from = 0; from < n; from += most) {
        const rows = Math.min(most, n - from);
        inner.call(gatherColumns, room.w, from ? b.subarray(from * k) : b, list, rows, k);
        multiply(
          AS_IT_IS,
          TRANSPOSED,
          m,
          rows,
          kept,
          roomX,
          kept,
          roomW,
          kept,
          beta,
          cAt + 4 * from,
          n,
        );
      }
    },
    nn(c, a, b, m, n, k) {
      if (isSmall(m, n, k) || !ours(c) || !ours(a) || !ours(b)) return inner.nn(c, a, b, m, n, k);
      const [cAt, aAt, bAt] = [
        at("nn", "c", c, m * n),
        at("nn", "a", a, m * k),
        at("nn", "b", b, n * k),
      ];
      library.useThreads(threads);
      multiply(AS_IT_IS, AS_IT_IS, m, n, k, aAt, k, bAt, n, 0, cAt, n);
    },
    tn(c, a, b, m, n, k, beta) {
      if (isSmall(m, n, k) || !ours(c) || !ours(a) || !ours(b))
        return inner.tn(c, a, b, m, n, k, beta);
      const [cAt, aAt, bAt] = [
        at("tn", "c", c, m * n),
        at("tn", "a", a, m * k),
        at("tn", "b", b, n * k),
      ];
      library.useThreads(threads);
      const kept = beta === 0 ? gather(b, k, n, m, aAt, m * k) : 0;
      if (!kept) return multiply(TRANSPOSED, AS_IT_IS, m, n, k, aAt, m, bAt, n, beta, cAt, n);
      const most = rowsThatFit(room.w, m, kept);
      for (let from = 0; from < m; from += most) {
        const rows = Math.min(most, m - from);
        multiply(
          TRANSPOSED,
          AS_IT_IS,
          rows,
          kept,
          k,
          aAt + 4 * from,
          m,
          roomX,
          kept,
          0,
          roomW,
          kept,
        );
        inner.call(scatterColumns, from ? c.subarray(from * n) : c, room.w, list, rows, n);
      }
    },
  };
}

/** Each of the m rows of c[m,n] becomes `row`. */
function setRows(c: FloatArray, row: FloatArray, m: number, n: number): void {
  c.set(row.length === n ? row : row.subarray(0, n));
  for (let done = n; done < m * n; done *= 2) c.copyWithin(done, 0, Math.min(done, m * n - done));
}
