import { reference, type Zeros } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { describe, expect, test } from "vitest";
import { blasAmong } from "./blas.ts";
import { findLibrary } from "./find-library.ts";
import { type BlasBackend, blas } from "./index.ts";
import { type Library, loadLibrary } from "./library.ts";
import { placesOf } from "./places.ts";

/** The backend where this machine has a BLAS; else the tests that need one are skipped. */
function blasHere(): BlasBackend | undefined {
  try {
    return blas();
  } catch (error) {
    console.log((error as Error).message);
    return undefined;
  }
}

const here = blasHere()!;
const nowhere = { libraries: [], install: "install one" };

describe.skipIf(!here)("where there is a BLAS", () => {
  test("blas() says whose products it has, on how many threads, and what else computes", () => {
    expect(here.name).toBe(
      `blas (${[here.library.name, here.library.core, here.library.threading, "1 thread"]
        .filter((part) => part !== undefined)
        .join(", ")}) over ${wasm().name}`,
    );
    expect(placesOf(process.platform).libraries).toContain(here.library.path);
    expect(here.library.name).toMatch(/^(OpenBLAS|MKL|BLIS|Accelerate)/);
  });

  test("a library is taken by its path", () => {
    const same = blasAmong(nowhere, { library: here.library.path });
    expect(same.name).toBe(here.name);
  });

  test("each run computes its large products on the threads that its backend has, others on one", () => {
    const two = blas({ threads: 2 });
    if (here.library.threads === undefined) return; // it does not say
    const library = loadLibrary(here.library.path);
    for (const backend of [here, two, here]) {
      const { session, buffers } = backend.open("float32", (zeros) => ({
        x: zeros(200 * 200, "float"),
        c: zeros(200 * 200, "float"),
      }));
      const { x, c } = buffers;
      x.fill(1);
      for (const n of [200, 50])
        for (const run of [
          () => session.nt(c, x, x, n, n, n),
          () => session.nn(c, x, x, n, n, n),
          () => session.tn(c, x, x, n, n, n, 0),
        ]) {
          const threads = n === 200 ? backend.library.threads! : 1;
          library.useThreads(3 - threads);
          run();
          expect(library.threads()).toBe(threads);
        }
    }
  });

  test("open() refuses what the kernels cannot compute, and says what can", () => {
    expect(() => here.open("float64", () => ({}))).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: open() expects dtype "float32", but dtype is float64: the kernels have 32 bits, so prove with \`reference\`]`,
    );
  });

  test("a run takes the memory that it takes on the kernels", () => {
    const layout = (zeros: Zeros) => zeros(1_000_000, "float");
    for (const threads of [1, 2]) {
      const { session } = blas({ threads }).open("float32", layout);
      const { bytes } = wasm({ threads }).open("float32", layout).session;
      expect(session.bytes - bytes).toBeLessThanOrEqual(2 ** 16); // a page
    }
  });

  test.each([1, 2])(
    "weights and gradients that our kernels took are right when the library takes them, on %i threads",
    async (threads) => {
      const [units, inputs, rows] = [128, 80, 32];
      const results = [blas({ threads }), reference].map((backend) => {
        const { session, buffers } = backend.open("float32", (zeros) => ({
          w: zeros(units * inputs, "float"),
          gradW: zeros(units * inputs, "float"),
          x: zeros(rows * inputs, "float"),
          d: zeros(rows * units, "float"),
          y: zeros(rows * units, "float"),
          gradX: zeros(rows * inputs, "float"),
        }));
        const { w, gradW, x, d, y, gradX } = buffers;
        for (const [salt, buffer] of [w, d].entries())
          buffer.set(Array.from(buffer, (_, i) => Math.sin((i + 1) * (salt + 1))));
        session.push(w, d);
        for (const every of [10, 1]) {
          // sparse: our kernels; dense: the library
          x.set(Array.from(x, (_, i) => (i % every ? 0 : Math.cos(i + 1))));
          session.push(x);
          for (let time = 0; time < 3; time++) session.nt(y, x, w, rows, units, inputs);
          for (const beta of [0, 1] as const) session.tn(gradW, d, x, units, inputs, rows, beta);
        }
        session.nt(d, x, gradW, rows, units, inputs);
        session.nn(gradX, d, w, rows, inputs, units);
        session.pull(...Object.values(buffers));
        return buffers;
      });
      for (const name of ["w", "gradW", "y", "gradX"] as const)
        for (const [i, wanted] of results[1]![name].entries())
          if (!(Math.abs(results[0]![name][i]! - wanted) <= 0.01 + 0.001 * Math.abs(wanted)))
            expect(`${name}[${i}] = ${results[0]![name][i]}`).toBe(String(wanted));
    },
  );

  test("a buffer that is too short is refused: a library would write beyond it", () => {
    const { session, buffers } = here.open("float32", (zeros: Zeros) => ({
      a: zeros(50 * 60, "float"),
      b: zeros(60 * 70, "float"),
      c: zeros(50 * 70 - 1, "float"),
    }));
    const { a, b, c } = buffers;
    expect(() => session.nn(c, a, b, 50, 70, 60)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: nn() expects 3500 numbers in c, but c has 3499]`,
    );
    expect(() => session.nt(a, b, c, 40, 70, 60)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: nt() expects 4200 numbers in b, but b has 3499]`,
    );
    expect(() => session.tn(a, c, b, 60, 50, 71, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tn() expects 4260 numbers in a, but a has 3499]`,
    );
  });
});

test("without a BLAS, blas() says what was tried, and how to install one on this platform", () => {
  const { install } = placesOf("linux");
  const libraries = ["libnone.so.1", "libnone.so.2"];
  expect(() => blasAmong({ libraries, install })).toThrowErrorMatchingInlineSnapshot(
    `[Error: blas() expects a fast BLAS on this machine, but found none of libnone.so.1, libnone.so.2: install OpenBLAS (Debian, Ubuntu: apt install libopenblas0-pthread; Fedora: dnf install openblas-threads; Arch: pacman -S openblas; Alpine: apk add openblas), or leave the products to wasm() of @feedforward/wasm]`,
  );
  expect(() => blasAmong(nowhere)).toThrow("install one");
  expect(placesOf("darwin").install).toContain("brew install openblas");
  expect(placesOf("win32").libraries).toContain("libopenblas.dll");
  expect(placesOf("freebsd")).toBe(placesOf("linux"));
});

test("a path that names no BLAS is an error that says why", () => {
  expect(() => blas({ library: "/nowhere/libnone.so" })).toThrow(
    /^blas\(\) expects library to be a BLAS, but library is \/nowhere\/libnone\.so \(.+\): leave library out, or /,
  );
  const other = process.platform === "linux" ? "libm.so.6" : undefined;
  if (other)
    expect(() => blas({ library: other })).toThrow("library is libm.so.6 (it has no cblas_sgemm)");
});

test("a library that does not say what it is has to be asked for by its path", () => {
  const named = { name: "OpenBLAS 1.2.3", path: "named" } as Library;
  const nameless = { name: undefined, path: "nameless" } as Library;
  const load = (path: string): Library => {
    if (path === "none") throw new Error("no such file");
    return path === "named" ? named : nameless;
  };
  const places = { libraries: ["none", "nameless", "named"], install: "install one" };
  expect(findLibrary(undefined, places, load)).toBe(named);
  expect(findLibrary("nameless", places, load)).toBe(nameless);
  expect(() => findLibrary(undefined, { ...places, libraries: ["nameless"] }, load)).toThrow(
    "found none of nameless: install one",
  );
});

test.each([0, 1.5, 257, Number.NaN, "2"])("blas() takes no %s threads", (threads) => {
  expect(() => blas({ threads: threads as number })).toThrow(
    `blas() expects threads to be a whole number from 1 to 256, but threads is ${threads}`,
  );
});
