import { binaryOf } from "./binary.ts";
import { kernels } from "./generated/kernels.ts";
import { type Kernel, kernelsOver } from "./kernels-over.ts";

/**
 * How kernels multiply and add: rounded once (fused) or twice (plain). The bits of the results differ
 * between the two, and nothing else makes them differ.
 */
export type Variant = "fused" | "plain";

/** The kernels, compiled. */
export interface Machine {
  readonly variant: Variant;
  /** The greatest height of a product's tile that this engine keeps in registers. */
  readonly mostRows: number;
  /** How many bytes the products of each of so many threads pack into where no buffer has more than `longest` floats. */
  scratchBytes(longest: number, threads: number): number;
  /** How many bytes the runs of a gradient take. */
  readonly runBytes: number;
  /** The compiled binary that imports such a memory. */
  moduleFor(memory: WebAssembly.Memory): WebAssembly.Module;
  /** The kernels over a memory, for one of so many threads; 1 unless told. */
  over(memory: WebAssembly.Memory, threads?: number): Readonly<Record<string, Kernel>>;
}

/** The binary of a variant as text: every other piece of `kernels`. */
const textOf = (variant: Variant): string =>
  kernels.filter((_, i) => i % 2 === (variant === "fused" ? 0 : 1)).join("");

const machines = /* @__PURE__ */ new Map<Variant, Machine | undefined>();

/**
 * The machine of a variant, compiled once for all runs, so that what the engine has optimised stays so.
 *
 * @returns undefined where there is no WebAssembly, or it lacks what the variant needs, or a page's
 *   content security policy or a host forbids to compile it.
 */
export function machineOf(variant: Variant): Machine | undefined {
  if (!machines.has(variant)) machines.set(variant, compile(variant));
  return machines.get(variant);
}

const lineUp = (bytes: number): number => 64 * Math.ceil(bytes / 64);

function compile(variant: Variant): Machine | undefined {
  if (variant === "fused") enableRelaxedSimd();
  try {
    const modules = new Map<boolean, WebAssembly.Module>();
    const moduleFor = (memory: WebAssembly.Memory): WebAssembly.Module => {
      const shared = !(memory.buffer instanceof ArrayBuffer);
      let module = modules.get(shared);
      if (!module) {
        module = new WebAssembly.Module(binaryOf(textOf(variant), shared));
        modules.set(shared, module);
      }
      return module;
    };
    const over: Machine["over"] = (memory, threads = 1) =>
      kernelsOver(moduleFor(memory), memory, threads);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    const { nt, runBytes } = over(memory);
    if (variant === "fused" && !fuses(memory, nt!)) return undefined;
    const scratchBytes = (longest: number, threads: number): number =>
      over(memory, threads).scratchBytes!(longest);
    return {
      variant,
      mostRows: oldV8() ? 4 : 6,
      scratchBytes,
      runBytes: lineUp(runBytes!()),
      moduleFor,
      over,
    };
  } catch {
    return undefined;
  }
}

/** Whether x^2 - y comes out as it does with one rounding: relaxed SIMD leaves that to the machine. */
function fuses(memory: WebAssembly.Memory, nt: Kernel): boolean {
  const floats = new Float32Array(memory.buffer);
  floats[16] = 1 + 2 ** -12; //         x; x^2 is 1 + 2^-11 + 2^-24
  floats[32] = -1 - 2 ** -11; //        -y
  nt(192, 4, 64, 4, 64, 4, 1, 1, 1, 128, 256, 1);
  return floats[48] === 2 ** -24;
}

interface Process {
  readonly versions?: { readonly v8?: string };
  readonly getBuiltinModule?: (
    name: string,
  ) => { readonly setFlagsFromString?: (flag: string) => void } | undefined;
}

/** Whether this is Node 20: its V8 keeps no tile of more than four rows in registers. */
function oldV8(): boolean {
  return hostProcess()?.versions?.v8?.startsWith("11.") ?? false;
}

/** Node 20 has relaxed SIMD behind a flag, which acts on what is compiled afterwards. */
function enableRelaxedSimd(): void {
  if (!oldV8()) return;
  const v8 = hostProcess()?.getBuiltinModule?.("node:v8");
  v8?.setFlagsFromString?.("--experimental-wasm-relaxed-simd");
}

function hostProcess(): Process | undefined {
  return (globalThis as { readonly process?: Process }).process;
}
