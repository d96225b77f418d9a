import { type Backend, type Dtype, reference, type Session, type Zeros } from "@feedforward/tensor";
import { type Machine, machineOf } from "./machine.ts";
import { expectFloat32, layOut } from "./memory.ts";
import { sessionOver } from "./session.ts";

/** How the fast backend departs from its defaults. */
export interface WasmOptions {
  /**
   * "portable" multiplies and adds with two roundings on every machine, at about half the speed of a
   * product. Unless told, they are fused into one rounding where the machine can, so that two machines
   * agree to the bit only if their backends have the same `name`.
   */
  readonly deterministic?: "portable";
}

/**
 * The fast backend: float32 kernels in WebAssembly SIMD, over memory of just the size that a run lays out.
 *
 * Every tagged definition of @feedforward/* has a kernel; any other definition runs as it stands, over
 * the same memory. Same seed, data, options and `name`: same bits of the weights, in every engine.
 * Where WebAssembly cannot be compiled (no SIMD, a strict content security policy), `reference` takes
 * its place: `name` says which it is.
 *
 * @param options Whether to round alike on all machines.
 * @returns A backend named "wasm fused", "wasm plain", or "reference" where that one took over.
 * @throws {TypeError} when `deterministic` is neither left out nor "portable"; by `open`, for float64.
 * @throws {RangeError} by `open`, when there is not enough memory.
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
export function wasm({ deterministic }: WasmOptions = {}): Backend {
  if (deterministic !== undefined && deterministic !== "portable")
    throw new TypeError(
      `wasm() expects deterministic to be "portable" or left out, but deterministic is ${String(deterministic)}`,
    );
  const machine =
    (deterministic === "portable" ? undefined : machineOf("fused")) ?? machineOf("plain");
  return machine ? backendOf(machine) : reference;
}

function backendOf(machine: Machine): Backend {
  return {
    name: `wasm ${machine.variant}`,
    open<T>(
      dtype: Dtype,
      layout: (zeros: Zeros) => T,
    ): { readonly session: Session; readonly buffers: T } {
      expectFloat32(dtype);
      const { memory, buffers, more } = layOut(layout, machine.scratchBytes);
      return { session: sessionOver(machine, memory, more), buffers };
    },
  };
}
