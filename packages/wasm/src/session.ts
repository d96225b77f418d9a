import { products, type Session } from "@feedforward/tensor";
import { callerOver } from "./caller.ts";
import type { Crew } from "./crew.ts";
import type { Kernel } from "./kernels-over.ts";
import { placesIn } from "./places.ts";

/** What a session is made of. */
export interface SessionParts {
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly memory: WebAssembly.Memory;
  /** The greatest height of a product's tile. */
  readonly mostRows: number;
  /** The address of what products pack into. */
  readonly scratch: number;
  /** Who shares what is worth it. */
  readonly crew?: Crew | undefined;
}

/** A session over one memory. */
export function sessionOver({ kernels, memory, mostRows, scratch, crew }: SessionParts): Session {
  const memoryBuffer: unknown = memory.buffer;
  const [ofNt, ofNn, ofTn] = [
    placesIn(memoryBuffer),
    placesIn(memoryBuffer),
    placesIn(memoryBuffer),
  ];
  const [nt, nn, tn] = [kernels.nt!, kernels.nn!, kernels.tn!];

  return {
    call: callerOver(kernels, memoryBuffer, crew),
    nt(c, a, b, m, n, k, bias) {
      const places = ofNt(c, a, b, bias);
      if (!places) return products.nt(c, a, b, m, n, k, bias);
      const { cAt, aAt, bAt, biasAt } = places;
      if (crew?.takesProduct(m, n, k))
        return crew.shareColumns("nt", [
          cAt,
          4 * n,
          aAt,
          4 * k,
          bAt,
          4 * k,
          m,
          n,
          k,
          biasAt,
          scratch,
          mostRows,
        ]);
      nt(cAt, 4 * n, aAt, 4 * k, bAt, 4 * k, m, n, k, biasAt, scratch, mostRows);
    },
    nn(c, a, b, m, n, k) {
      const places = ofNn(c, a, b);
      if (!places) return products.nn(c, a, b, m, n, k);
      const { cAt, aAt, bAt } = places;
      if (crew?.takesProduct(m, n, k))
        return crew.shareColumns("nn", [
          cAt,
          4 * n,
          aAt,
          4 * k,
          bAt,
          4 * n,
          m,
          n,
          k,
          scratch,
          mostRows,
        ]);
      nn(cAt, 4 * n, aAt, 4 * k, bAt, 4 * n, m, n, k, scratch, mostRows);
    },
    tn(c, a, b, m, n, k, beta) {
      const places = ofTn(c, a, b);
      if (!places) return products.tn(c, a, b, m, n, k, beta);
      const { cAt, aAt, bAt } = places;
      if (crew?.takesProduct(m, n, k))
        return crew.shareColumns("tn", [
          cAt,
          4 * n,
          aAt,
          4 * m,
          bAt,
          4 * n,
          m,
          n,
          k,
          beta,
          scratch,
          mostRows,
        ]);
      tn(cAt, 4 * n, aAt, 4 * m, bAt, 4 * n, m, n, k, beta, scratch, mostRows);
    },
    push: () => {},
    pull: () => undefined,
    bytes: memory.buffer.byteLength,
  };
}
