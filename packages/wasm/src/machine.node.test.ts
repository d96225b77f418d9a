import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The name of what wasm() gives, freshly loaded, as after a change of the host. */
async function nameHere(): Promise<string> {
  vi.resetModules();
  const { wasm } = await import("./index.ts");
  return wasm().name;
}

test("where WebAssembly may not be compiled, the reference takes over", async () => {
  class Module {
    constructor() {
      throw new EvalError("Wasm code generation disallowed by embedder");
    }
  }
  vi.stubGlobal("WebAssembly", { ...WebAssembly, Memory: WebAssembly.Memory, Module });
  expect(await nameHere()).toBe("reference");
});

test("where there is no WebAssembly, the reference takes over", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  expect(await nameHere()).toBe("reference");
});

test("where the engine lacks relaxed SIMD, or does not fuse, arithmetic is plain", async () => {
  const { Memory, Instance } = WebAssembly;
  class Module extends WebAssembly.Module {
    constructor(bytes: Uint8Array<ArrayBuffer>) {
      if (includes(bytes, 0xfd, 0x85, 0x02)) throw new WebAssembly.CompileError("relaxed_madd");
      super(bytes);
    }
  }
  vi.stubGlobal("WebAssembly", { Memory, Instance, Module });
  expect(await nameHere()).toBe("wasm plain");
});

/** Whether an instruction is somewhere in a binary. */
function includes(bytes: Uint8Array, ...code: number[]): boolean {
  return bytes.some((_, i) => code.every((byte, j) => bytes[i + j] === byte));
}
