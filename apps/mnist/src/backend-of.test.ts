import { availableParallelism } from "node:os";
import { reference } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { expect, test } from "vitest";
import { backendOf } from "./backend-of.ts";

const named = { ...reference, name: "blas (OpenBLAS 1.2.3)" };
let threads = 0;
const loaded = async () => ({
  blas: (options: { readonly threads: number }) => {
    threads = options.threads;
    return named;
  },
});
const missing = async () => {
  throw new Error("Cannot find package '@feedforward/blas'");
};
const unused = async () => {
  throw new Error("loaded without need");
};

test("wasm and reference load no library", async () => {
  expect(await backendOf("reference", unused)).toEqual({ backend: reference, note: "" });
  expect((await backendOf("wasm", unused)).backend.name).toBe(wasm().name);
});

test("fastest is the BLAS where there is one, else wasm, and says so", async () => {
  expect(await backendOf("fastest", loaded)).toEqual({
    backend: named,
    note: ", picked as there is a BLAS",
  });
  expect(threads).toBe(Math.min(availableParallelism(), 8));
  const { backend, note } = await backendOf("fastest", missing);
  expect(backend.name + note).toBe(
    `${wasm().name}, picked as no BLAS was found (--backend blas says why)`,
  );
});

test("blas is that or an error, which says what to do", async () => {
  expect(await backendOf("blas", loaded)).toEqual({ backend: named, note: "" });
  expect(threads).toBe(1);
  await expect(backendOf("blas", missing)).rejects.toThrowErrorMatchingInlineSnapshot(`
    [UserError: --backend blas: Cannot find package '@feedforward/blas'.
    The default is --backend wasm, which needs nothing.]
  `);
});
