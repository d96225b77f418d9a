import koffi from "koffi";

/** cblas_sgemm: C = alpha op(A) op(B) + beta C, over views of any memory. */
export type Sgemm = (
  order: number,
  transA: number,
  transB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: Float32Array,
  stepA: number,
  b: Float32Array,
  stepB: number,
  beta: number,
  c: Float32Array,
  stepC: number,
) => void;

/** A BLAS that is loaded. */
export interface Library {
  /** What the loader was asked for. */
  readonly path: string;
  /** "OpenBLAS 0.3.21", "Accelerate", or the path where it does not say. */
  readonly name: string;
  /** "Cooperlake": whose kernels it has picked, where it says so. */
  readonly core: string | undefined;
  /** "pthreads" or "OpenMP": what its threads are made of, where it says so. */
  readonly parallel: string | undefined;
  readonly sgemm: Sgemm;
  /** How many threads it computes on, from now on and in the whole process. */
  useThreads(count: number): void;
}

type Handle = ReturnType<typeof koffi.load>;
type Native = (...args: unknown[]) => unknown;

/** A function of the library, or undefined where it has none of that name. */
function find(handle: Handle, name: string, result: string, args: string[]): Native | undefined {
  try {
    return handle.func(name, result, args) as Native;
  } catch {
    return undefined;
  }
}

/** Loads a BLAS; throws what the loader says where there is none. */
export function loadLibrary(path: string): Library {
  const handle = koffi.load(path);
  const text = (name: string): string | undefined => find(handle, name, "str", [])?.() as string;
  const config = text("openblas_get_config");
  const long = config?.includes("USE64BITINT") ? "int64_t" : "int";
  const matrix = ["void *", long];
  const sgemm = find(handle, "cblas_sgemm", "void", [
    ...["int", "int", "int", long, long, long],
    ...["float", ...matrix, ...matrix, "float", ...matrix],
  ]);
  if (!sgemm) throw new Error("it has no cblas_sgemm");
  const set =
    find(handle, "openblas_set_num_threads", "void", ["int"]) ??
    find(handle, "MKL_Set_Num_Threads", "void", ["int"]) ??
    find(handle, "bli_thread_set_num_threads", "void", ["int64_t"]);
  const parallel = find(handle, "openblas_get_parallel", "int", [])?.() as number | undefined;
  let threads = 0;
  return {
    path,
    name: config ? config.split(" ").slice(0, 2).join(" ") : path,
    core: text("openblas_get_corename"),
    parallel: parallel === undefined ? undefined : ["sequential", "pthreads", "OpenMP"][parallel],
    sgemm: sgemm as Sgemm,
    useThreads(count) {
      if (count !== threads) set?.((threads = count));
    },
  };
}
