/** A kernel takes addresses and numbers. */
export type Kernel = (...operands: number[]) => number;

/** The kernels over a memory, for one of so many threads that compute in it. */
export function kernelsOver(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  threads: number,
): Readonly<Record<string, Kernel>> {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as Record<string, Kernel>;
  kernels.shareRoom!(threads);
  return kernels;
}
