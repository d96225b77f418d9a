import { describe, expect, test } from "vitest";
import { readOptions } from "./options.ts";

const ids = (args: string[]): string[] => readOptions(args, {}).systems.map(({ id }) => id);

describe("readOptions", () => {
  test("takes everything when nothing is named", () => {
    const { workloads, pairs, complete } = readOptions([], {});
    expect(workloads.map(({ name }) => name)).toEqual([
      "XS",
      "S",
      "M",
      "L",
      "S-dense",
      "M-dense",
      "L-dense",
    ]);
    expect([pairs, complete]).toEqual([30, true]);
  });

  test("profiles S, M and L, or what is named", () => {
    const names = (args: string[]): string[] =>
      readOptions(args, {}).workloads.map(({ name }) => name);
    expect(names(["--profile"])).toEqual(["S", "M", "L"]);
    expect(names(["--profile", "--workloads", "M-dense"])).toEqual(["M-dense"]);
  });

  test("takes systems by group or by name, in the order of the tables", () => {
    expect(ids(["--systems", "tfjs-cpu,torch"])).toEqual([
      "torch-1",
      "torch-2",
      "torch-2-openmp",
      "tfjs-cpu",
    ]);
  });

  test("calls a run complete only when it measures everything often enough", () => {
    expect(readOptions(["--pairs", "40"], {}).complete).toBe(true);
    for (const args of [
      ["--quick"],
      ["--profile"],
      ["--pairs", "29"],
      ["--systems", "ours"],
      ["--workloads", "S"],
    ])
      expect(readOptions(args, {}).complete).toBe(false);
  });

  test("takes the data from --data, else from BENCH_DATA", () => {
    expect(readOptions([], { BENCH_DATA: "a" }).data).toBe("a");
    expect(readOptions(["--data", "b"], { BENCH_DATA: "a" }).data).toBe("b");
    expect(readOptions([], {}).data).toBeUndefined();
  });

  test("passes over the -- that a package manager hands on", () => {
    expect(ids(["--", "--systems", "brain"])).toEqual(["brain"]);
  });

  test("names what it does not know", () => {
    expect(() => readOptions(["--workloads", "S,XL"], {})).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: --workloads expects names among XS, S, M, L, S-dense, M-dense, L-dense, but one is "XL"]`,
    );
    expect(() => readOptions(["--systems", "keras"], {})).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: --systems expects names among ours-wasm, ours, ours-wasm-2, ours-wasm-portable, ours-chromium, ours-chromium-2, ours-blas, ours-blas-2, ours-reference, torch-1, torch, torch-2, torch-2-openmp, openblas, numpy-1, numpy, numpy-2, sklearn, jax-js, tfjs-wasm, tfjs, tfjs-cpu, convnetjs, brain, but one is "keras"]`,
    );
    expect(() => readOptions(["--pairs", "many"], {})).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: --pairs expects a whole number above 0, but it is "many"]`,
    );
  });
});
