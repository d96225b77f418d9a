interface Process {
  getBuiltinModule?(name: string): { availableParallelism?(): number } | undefined;
}

/** More threads than this gain little over the products of usual widths. */
const USUAL = 8;

/** How many threads a run may have unless told: the processor's, but not more than are of use. */
export function usualThreads(): number {
  const { process, navigator } = globalThis as {
    readonly process?: Process;
    readonly navigator?: { readonly hardwareConcurrency?: number };
  };
  const cores =
    process?.getBuiltinModule?.("node:os")?.availableParallelism?.() ??
    navigator?.hardwareConcurrency ??
    1;
  return Math.min(cores, USUAL);
}

/**
 * Whether this thread may have helpers: memory can be shared, and waited for.
 *
 * A page shares memory where it is cross-origin isolated, and its window may never wait: a worker may.
 */
export function canShare(): boolean {
  const { crossOriginIsolated: isolated } = globalThis as {
    readonly crossOriginIsolated?: boolean;
  };
  if (isolated === false || typeof SharedArrayBuffer === "undefined") return false;
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}
