import type { Backend, Dtype, Session, Zeros } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { findLibrary } from "./find-library.ts";
import { type Places, placesOf } from "./places.ts";
import { sessionOn } from "./session.ts";

const MOST = 256; // threads

/** How the backend departs from its defaults. */
export interface BlasOptions {
  /** The path of a BLAS with the C interface, or its name for the loader. Unless told, what the platform has. */
  readonly library?: string;
  /**
   * How many threads compute large products: the library's, whose number is the whole process's, or where
   * most of the work has zeros, those of our kernels, which share element-wise work then. Unless told, 1,
   * which gives the same bits each time. More pay for hundreds of units, where nothing else has to be done.
   */
  readonly threads?: number;
}

/** The library that a backend computes products on. */
export interface BlasLibrary {
  /** What the system's loader found it by. */
  readonly path: string;
  /** "OpenBLAS 0.3.21", "MKL 2024.0.0", "BLIS 0.9.0", "Accelerate"; the path where it does not say. */
  readonly name: string;
  /** Whose kernels it picked, as in "Haswell", where it says so. */
  readonly core: string | undefined;
  /** What its threads are, "pthreads" or "OpenMP", where it says so. */
  readonly threading: string | undefined;
  /** How many of them compute; undefined where the library decides. */
  readonly threads: number | undefined;
}

/** A backend, and whose products it has. */
export interface BlasBackend extends Backend {
  readonly library: BlasLibrary;
}

/**
 * The backend of a machine that has a BLAS: products on OpenBLAS, Accelerate, MKL or BLIS, everything else
 * on the kernels of `wasm()`, over the same memory. For Node, Deno and Bun; float32.
 *
 * The bits are the library's: the same seed, data and options give the same weights on the same machine
 * with the same library on one thread, and nothing more is promised. `name` says all that they depend on
 * but the machine, as in "blas (OpenBLAS 0.3.21, Haswell, pthreads, 1 thread) over wasm fused".
 *
 * @param options Which library; how many threads.
 * @throws {Error} where there is no BLAS: with what was tried, and how to install one on this platform.
 * @throws {RangeError} when `threads` is not a whole number from 1 to 256.
 * @throws {TypeError} by `open`, for float64.
 * @see `wasm`, which needs no library.
 * @example
 * import { blas } from "@feedforward/blas";
 *
 * const { session, buffers } = blas().open("float32", (zeros) => ({
 *   a: zeros(100 * 200, "float"),
 *   b: zeros(50 * 200, "float"),
 *   c: zeros(100 * 50, "float"),
 * }));
 * buffers.a.fill(1);
 * buffers.b.fill(2);
 * session.nt(buffers.c, buffers.a, buffers.b, 100, 50, 200);
 * buffers.c[4999] // => 400
 */
export function blas(options: BlasOptions = {}): BlasBackend {
  return blasAmong(placesOf(process.platform), options);
}

/** The same, among other places. */
export function blasAmong(
  places: Places,
  { library: path, threads = 1 }: BlasOptions = {},
): BlasBackend {
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= MOST))
    throw new RangeError(
      `blas() expects threads to be a whole number from 1 to ${MOST}, but threads is ${threads}`,
    );
  const library = findLibrary(path, places);
  const inner = wasm({ threads });
  library.useThreads(threads);
  const told: BlasLibrary = {
    path: library.path,
    name: library.name ?? library.path,
    core: library.core,
    threading: library.threading,
    threads: library.threads(),
  };
  return {
    name: `blas (${nameOf(told)}) over ${inner.name}`,
    library: told,
    open<T>(
      dtype: Dtype,
      layout: (zeros: Zeros) => T,
    ): { readonly session: Session; readonly buffers: T } {
      const { session, buffers } = inner.open(dtype, (zeros) => ({
        all: layout(zeros),
        any: zeros(1, "float"),
      }));
      return {
        session: sessionOn(session, library, threads, buffers.any),
        buffers: buffers.all,
      };
    },
  };
}

function nameOf({ name, core, threading, threads }: BlasLibrary): string {
  const count =
    threads === undefined
      ? "its own threads"
      : `${threads} ${threads === 1 ? "thread" : "threads"}`;
  return [name, core, threading, count].filter((part) => part !== undefined).join(", ");
}
