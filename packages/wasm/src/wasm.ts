import { type Backend, type Dtype, reference, type Session, type Zeros } from "@feedforward/tensor";
import { type Crew, crewBytes, crewOver, ownScratch } from "./crew.ts";
import { type Grain, usualGrain } from "./grain.ts";
import { type Machine, machineOf } from "./machine.ts";
import { expectFloat32, layOut } from "./memory.ts";
import { sessionOver } from "./session.ts";
import { canShare, usualThreads } from "./threads.ts";

const MOST = 256; // threads

/** How the fast backend departs from its defaults. */
export interface WasmOptions {
  /**
   * "portable" multiplies and adds with two roundings on every machine, more slowly where few numbers
   * are zero. Unless told, they are fused into one rounding where the machine can, so that two machines
   * agree to the bit only if their backends have the same `name`.
   */
  readonly deterministic?: "portable";
  /**
   * How many threads compute, this one included. Unless told, as many as the processor has, up to 8, in
   * runs whose products are worth it, for as long as that is faster, and 1 in small ones. The bits are the same with any number. There
   * is 1 where memory cannot be shared: on a page that is not cross-origin isolated, or in its window.
   */
  readonly threads?: number;
}

/**
 * The fast backend: float32 kernels in WebAssembly SIMD, over memory of just the size that a run lays out.
 *
 * Every tagged definition of @feedforward/* has a kernel; any other definition runs as it stands, over
 * the same memory. Same seed, data, options and `name`: same bits of the weights, in every engine.
 * Where WebAssembly cannot be compiled (no SIMD, a strict content security policy), `reference` takes
 * its place: `name` says which it is.
 *
 * @param options Whether to round alike on all machines; how many threads.
 * @returns A backend named "wasm fused", "wasm plain", or "reference" where that one took over.
 * @throws {RangeError} when `threads` is not a whole number from 1 to 256; by `open`, when there is not
 *   enough memory.
 * @throws {TypeError} when `deterministic` is neither left out nor "portable"; by `open`, for float64.
 * @example
 * import { wasm } from "@feedforward/wasm";
 *
 * const { session, buffers } = wasm().open("float32", (zeros) => ({
 *   a: zeros(2, "float"),
 *   b: zeros(2, "float"),
 *   c: zeros(1, "float"),
 * }));
 * buffers.a.set([1, 2]);
 * buffers.b.set([3, 4]);
 * session.nt(buffers.c, buffers.a, buffers.b, 1, 1, 2);
 * buffers.c[0] // => 11
 */
export function wasm({ deterministic, threads }: WasmOptions = {}): Backend {
  if (deterministic !== undefined && deterministic !== "portable")
    throw new TypeError(
      `wasm() expects deterministic to be "portable" or left out, but deterministic is ${String(deterministic)}`,
    );
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MOST))
    throw new RangeError(
      `wasm() expects threads to be a whole number from 1 to ${MOST}, but threads is ${threads}`,
    );
  const machine =
    (deterministic === "portable" ? undefined : machineOf("fused")) ?? machineOf("plain");
  return machine ? backendOf(machine, threads ?? usualThreads()) : reference;
}

/** How a test makes threads share what is not worth it. */
export interface Sharing {
  readonly grain: Grain;
  /** This thread leaves all that is shared to its workers, once they are there. */
  readonly idle?: boolean;
  readonly opened?: (crew: Crew) => void;
}

/** The backend on a machine. */
export function backendOf(
  machine: Machine,
  threads: number,
  { grain, idle = false, opened }: Sharing = { grain: usualGrain },
): Backend {
  return {
    name: `wasm ${machine.variant}`,
    open<T>(
      dtype: Dtype,
      layout: (zeros: Zeros) => T,
    ): { readonly session: Session; readonly buffers: T } {
      expectFloat32(dtype);
      const own = threads > 1 && canShare() ? threads : 1;
      const { memory, buffers, more, longest } = layOut(layout, (longest) => {
        const shared = own > 1 && longest >= grain.floats;
        const scratchBytes = machine.scratchBytes(longest, shared ? own : 1);
        const packed = shared ? crewBytes(own, scratchBytes) : scratchBytes;
        return { shared, bytes: machine.runBytes + packed };
      });
      const shared = !(memory.buffer instanceof ArrayBuffer);
      const kernels = machine.over(memory, shared ? own : 1);
      const parts = { kernels, memory, mostRows: machine.mostRows, runs: more };
      const at = more + machine.runBytes;
      if (!shared) return { session: sessionOver({ ...parts, scratch: at }), buffers };
      const crew = crewOver({
        module: machine.moduleFor(memory),
        memory,
        exports: kernels,
        threads: own,
        at,
        scratchBytes: machine.scratchBytes(longest, own),
        grain,
        idle,
      });
      opened?.(crew);
      const scratch = ownScratch(at, own);
      return { session: sessionOver({ ...parts, scratch, crew }), buffers };
    },
  };
}
