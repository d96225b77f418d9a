import koffi from "koffi";

/** Numbers are numbers, and an address is one too. */
type Native = (...operands: number[]) => unknown;

/** A BLAS that is loaded. */
export interface Library {
  /** What the loader was asked for. */
  readonly path: string;
  /** "OpenBLAS 0.3.21", "MKL 2024.0", "BLIS 0.9.0", "Accelerate"; undefined where it does not say. */
  readonly name: string | undefined;
  /** Whose kernels it has picked: "Haswell". Only OpenBLAS says so. */
  readonly core: string | undefined;
  /** What its threads are: "pthreads" or "OpenMP". Only OpenBLAS says so. */
  readonly threading: string | undefined;
  /** C = alpha op(A) op(B) + beta C */
  readonly sgemm: Native;
  /** y = alpha A x + beta y */
  readonly sgemv: Native;
  /** Computes on so many threads from now on, in the whole process. */
  useThreads(count: number): void;
  /** How many it computes on; undefined where it does not say. */
  threads(): number | undefined;
}

/** The address of a memory's first byte. It stays as long as the memory is not grown. */
export const addressOf = (memory: ArrayBufferLike): number =>
  Number(koffi.address(new Uint8Array(memory)));

/** Loads a BLAS; throws where there is none, or something else. */
export function loadLibrary(path: string): Library {
  const library = koffi.load(path);
  /** A function, or undefined where the library has none of that name. */
  const find = (name: string, result: string, operands: readonly string[]): Native | undefined => {
    try {
      return library.func(name, result, [...operands]) as Native;
    } catch {
      return undefined;
    }
  };
  const config = find("openblas_get_config", "str", [])?.() as string | undefined;
  const whole = config?.includes("USE64BITINT") ? "int64_t" : "int";
  const x = ["uintptr_t", whole];
  const enums = ["int", "int", "int"];
  const sgemm = find("cblas_sgemm", "void", [
    ...[...enums, whole, whole, whole, "float"],
    ...[...x, ...x, "float", ...x],
  ]);
  const sgemv = find("cblas_sgemv", "void", [
    ...[...enums.slice(1), whole, whole, "float"],
    ...[...x, ...x, "float", ...x],
  ]);
  if (!sgemm || !sgemv) throw new Error("it has no cblas_sgemm");
  const parallel = find("openblas_get_parallel", "int", [])?.() as number | undefined;
  const setThreads =
    find("openblas_set_num_threads", "void", ["int"]) ??
    find("MKL_Set_Num_Threads", "void", ["int"]) ??
    find("bli_thread_set_num_threads", "void", ["int64_t"]);
  const getThreads =
    find("openblas_get_num_threads", "int", []) ??
    find("MKL_Get_Max_Threads", "int", []) ??
    find("bli_thread_get_num_threads", "int64_t", []);
  return {
    path,
    name: config
      ? config.split(" ", 2).join(" ")
      : (nameOfMkl(find("mkl_get_version", "void", ["uintptr_t"])) ??
        nameOfBlis(find("bli_info_get_version_str", "str", [])) ??
        (path.includes("Accelerate") ? "Accelerate" : undefined)),
    core: find("openblas_get_corename", "str", [])?.() as string | undefined,
    threading: parallel === undefined ? undefined : [undefined, "pthreads", "OpenMP"][parallel],
    sgemm,
    sgemv,
    useThreads(count) {
      if (getThreads?.() !== count) setThreads?.(count);
    },
    threads: () => getThreads?.() as number | undefined,
  };
}

const nameOfBlis = (version: Native | undefined): string | undefined =>
  version && `BLIS ${version()}`;

/** MKL writes its version as three integers at the head of a struct of less than 64 bytes. */
function nameOfMkl(version: Native | undefined): string | undefined {
  if (!version) return undefined;
  const told = new Int32Array(16);
  version(addressOf(told.buffer));
  return `MKL ${told[0]}.${told[1]}.${told[2]}`;
}
