import { products, type Session } from "@feedforward/tensor";
import { callerOver } from "./caller.ts";
import type { Crew } from "./crew.ts";
import type { Kernel } from "./kernels-over.ts";
import { panelsIn, ROW } from "./panels.ts";
import { placesIn } from "./places.ts";

/** What a session is made of. */
export interface SessionParts {
  readonly kernels: Readonly<Record<string, Kernel>>;
  readonly memory: WebAssembly.Memory;
  /** The greatest height of a product's tile. */
  readonly mostRows: number;
  /** The address of what products pack into. */
  readonly scratch: number;
  /** The address of the runs of a gradient. */
  readonly runs: number;
  /** Who shares what is worth it. */
  readonly crew?: Crew | undefined;
}

/** A session over one memory. */
export function sessionOver({
  kernels,
  memory,
  mostRows,
  scratch,
  runs,
  crew,
}: SessionParts): Session {
  const memoryBuffer: unknown = memory.buffer;
  const [ofNt, ofNn, ofTn] = [
    placesIn(memoryBuffer),
    placesIn(memoryBuffer),
    placesIn(memoryBuffer),
  ];
  const { nt, nn, tn } = kernels as { nt: Kernel; nn: Kernel; tn: Kernel };
  const panels = panelsIn(memoryBuffer, kernels, scratch);

  return {
    call: callerOver({ kernels, memoryBuffer, crew, panels, runs }),
    nt(c, a, b, m, n, k, bias) {
      const places = ofNt(c, a, b, bias);
      if (!places) {
        panels.keepInRows(c, a, b, bias);
        return products.nt(c, a, b, m, n, k, bias);
      }
      const { cAt, aAt, bAt, biasAt } = places;
      const w = panels.holdB(places, m, n, k);
      const block = ROW * k;
      const isKnown = w?.isFinite ? 1 : 0;
      if (m === 0) return; // a product of no rows looks at nothing of W
      const isShared = crew?.takesProduct(m, n, k);
      // biome-ignore format: the operands of a kernel in a line
      if (w) {
        if (isShared) crew!.shareProduct("nn", [cAt, 4 * n, aAt, 4 * k, bAt, ROW, m, n, k, biasAt, scratch, mostRows, block, isKnown]);
        else w.isFinite = nn(cAt, 4 * n, aAt, 4 * k, bAt, ROW, m, n, k, biasAt, scratch, mostRows, block, isKnown) !== 0;
      } else {
        if (isShared) crew!.shareProduct("nt", [cAt, 4 * n, aAt, 4 * k, bAt, 4 * k, m, n, k, biasAt, scratch, mostRows]);
        else nt(cAt, 4 * n, aAt, 4 * k, bAt, 4 * k, m, n, k, biasAt, scratch, mostRows);
      }
    },
    nn(c, a, b, m, n, k) {
      const places = ofNn(c, a, b);
      if (!places) {
        panels.keepInRows(c, a, b);
        return products.nn(c, a, b, m, n, k);
      }
      const { cAt, aAt, bAt } = places;
      panels.keepAllInRows(places);
      // biome-ignore format: the operands of a kernel in a line
      if (crew?.takesProduct(m, n, k)) crew.shareProduct("nn", [cAt, 4 * n, aAt, 4 * k, bAt, 4 * n, m, n, k, 0, scratch, mostRows, ROW, 0]);
      else nn(cAt, 4 * n, aAt, 4 * k, bAt, 4 * n, m, n, k, 0, scratch, mostRows, ROW, 0);
    },
    tn(c, a, b, m, n, k, beta) {
      const places = ofTn(c, a, b);
      if (!places) {
        panels.keepInRows(c, a, b);
        return products.tn(c, a, b, m, n, k, beta);
      }
      const { cAt, aAt, bAt } = places;
      const gradW = panels.holdC(places, m, n, beta);
      const isShared = crew?.takesProduct(m, n, k);
      const block = ROW * n;
      // biome-ignore format: the operands of a kernel in a line
      if (!gradW) {
        if (isShared) crew!.shareProduct("tn", [cAt, 4 * n, aAt, 4 * m, bAt, 4 * n, m, n, k, beta, scratch, mostRows, ROW, 0, 0]);
        else tn(cAt, 4 * n, aAt, 4 * m, bAt, 4 * n, m, n, k, beta, scratch, mostRows, ROW, 0, 0);
      } else if (isShared) { // panels of C are blocks of 32 columns of its transpose, B^T A
        crew!.shareProduct("tn", [cAt, ROW, bAt, 4 * n, aAt, 4 * m, n, m, k, beta, scratch, mostRows, block, 0, 0]);
        Object.assign(gradW, { isFinite: false, hasRuns: false });
      } else {
        const had = panels.takeRuns(gradW) ? 1 : 0;
        gradW.hasRuns = tn(cAt, ROW, bAt, 4 * n, aAt, 4 * m, n, m, k, beta, scratch, mostRows, block, runs, had) !== 0;
        gradW.isFinite = false;
      }
    },
    push: (...buffers) => panels.written(buffers),
    pull: (...buffers) => {
      panels.putInRows(buffers);
      return undefined;
    },
    bytes: memory.buffer.byteLength,
  };
}
