import { expect, test } from "vitest";
import { machineOf } from "./machine.ts";

// Products write into C, their scratch and the runs of a gradient, and nowhere else: around these there are guards.

const GUARD = 4096; // bytes
const SET = 0xa5;
const isNotSet = (byte: number): boolean => byte !== SET;
const ROW = 128;

/** m, n and k: strips and lists, marks, blocks of k, tiles, thin products, one row. */
const sizes: readonly (readonly [m: number, n: number, k: number])[] = [
  [1, 64, 208],
  [2, 64, 16],
  [31, 64, 208],
  [64, 64, 32],
  [65, 96, 31],
  [64, 64, 21],
  [100, 64, 209],
  [640, 64, 33],
  [1030, 64, 32],
  [1500, 64, 208],
  [500, 70, 513],
  [764, 64, 512],
  [129, 15, 600],
  [16, 1, 1],
  [3, 2, 0],
  [4096, 64, 17],
  [4500, 64, 17],
];
const machine = machineOf("plain")!;

test.each([1, 2, 8, 38, 39, 256])(
  "the room of %i threads is enough, and shows in no bit",
  (threads) => {
    for (const size of sizes) {
      const alone = valuesOn(1, size, new Map());
      if (threads > 1) valuesOn(threads, size, alone);
    }
  },
);

/** Computes all products of a size, for one of so many threads; each C has to be the one that is known. */
function valuesOn(
  threads: number,
  [m, n, k]: (typeof sizes)[number],
  known: Map<string, Float32Array>,
): Map<string, Float32Array> {
  const longest = Math.max(m * n, m * k, n * k);
  const scratchBytes = machine.scratchBytes(longest, threads);
  const guards: [from: number, to: number][] = [];
  let end = 64;
  const place = (bytes: number): number => {
    const at = Math.ceil((end + GUARD) / 64) * 64;
    guards.push([end, at]);
    end = at + bytes;
    return at;
  };
  const [a, b] = [place(4 * m * k), place(4 * n * k)];
  const [bias, c] = [place(4 * n), place(4 * m * n)];
  const [scratch, runs] = [place(scratchBytes), place(machine.runBytes)];
  guards.push([end, end + GUARD]);
  const pages = Math.ceil((end + GUARD) / 65536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const kernels = machine.over(memory, threads);
  const { nt, nn, tn, transposeEach } = kernels as Record<string, (...x: number[]) => number>;
  const bytes = new Uint8Array(memory.buffer);
  const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  for (const [everyOfA, everyOfB] of [
    [1, 1],
    [3, 1],
    [1, 3],
  ] as const)
    for (const mostRows of [6, 4]) {
      bytes.fill(SET);
      for (const [at, count, every] of [
        [a, m * k, everyOfA],
        [b, n * k, everyOfB],
        [bias, n, 1],
      ] as const)
        floats(at, count).forEach((_, i, all) => {
          all[i] = i % every ? 0 : ((i * 7919) % 101) - 50;
        });
      const rest = [scratch, mostRows] as const;
      const check = (what: string): void => {
        const whole = `${what} of ${m} x ${n} x ${k}, every ${everyOfA} and ${everyOfB}`;
        const got = floats(c, m * n);
        if (!known.has(whole)) known.set(whole, got.slice());
        expect(
          got.findIndex((x, i) => x !== known.get(whole)![i]),
          whole,
        ).toBe(-1);
        const broken = guards.filter(([from, to]) => bytes.subarray(from, to).some(isNotSet));
        expect(broken, whole).toEqual([]);
      };
      nt!(c, 4 * n, a, 4 * k, b, 4 * k, m, n, k, bias, ...rest);
      check("nt");
      nn!(c, 4 * n, a, 4 * k, b, 4 * n, m, n, k, 0, ...rest, ROW, 0);
      check("nn");
      for (const beta of [0, 1]) {
        tn!(c, 4 * n, a, 4 * m, b, 4 * n, m, n, k, beta, ...rest, ROW, 0, 0);
        check(`tn, beta ${beta}`);
      }
      if (n % 32) continue;
      nn!(c, 4 * n, a, 4 * k, b, ROW, m, n, k, bias, ...rest, ROW * k, 0);
      check("nn in panels");
      for (const [beta, had] of [
        [0, 0],
        [0, 1],
        [1, 0],
      ]) {
        tn!(c, ROW, a, 4 * m, b, 4 * n, m, n, k, beta!, ...rest, ROW * m, runs, had!);
        check(`tn in panels, beta ${beta}`);
      }
      transposeEach!(c, n / 32, 32, m, scratch);
      const broken = guards.filter(([from, to]) => bytes.subarray(from, to).some(isNotSet));
      expect(broken).toEqual([]);
    }
  return known;
}
