import { expect, test } from "vitest";
import { floorTable } from "./floor-table.ts";
import type { RunRecord, Series } from "./record.ts";

const ofM = (slices: Record<string, Series>): RunRecord => ofOne("M", slices);

const ofOne = (name: string, slices: Record<string, Series>): RunRecord => ({
  date: "2026-11-25",
  command: "pnpm bench",
  machine: { cpu: "a CPU", cores: 2, memoryGiB: 24, system: "Linux", node: "26.10.0", load: 0 },
  data: "MNIST",
  pairs: 1,
  systems: {},
  notes: [],
  workloads: [
    {
      name,
      description: "784-512-512-10",
      unit: "samples",
      batch: 128,
      checks: {},
      reasons: {},
      slices,
      memory: {},
      predict: {},
    },
  ],
  startUp: {},
  bundles: {},
});

test("floorTable measures against the fastest of several rivals", () => {
  const slices = {
    "ours-blas-2": { count: 6, seconds: [0.1] },
    "torch-2": { count: 1, seconds: [0.1] },
    "torch-2-openmp": { count: 5, seconds: [0.1] },
  };
  expect(floorTable(ofM(slices))).toContain(
    "| ours-blas-2, against torch-2-openmp | M | 1.20 [1.20, 1.20] | 1.1 | reached |  |",
  );
  const { "torch-2-openmp": _, ...one } = slices;
  expect(floorTable(ofM(one))).toContain("| ours-blas-2, against torch-2 | M | 6.00");
});

test("floorTable says of a floor that it was missed", () => {
  const slices = {
    "ours-blas": { count: 8, seconds: [0.1] },
    openblas: { count: 10, seconds: [0.1] },
  };
  expect(floorTable(ofM(slices))).toContain(
    "| ours-blas, against openblas | M | 0.800 [0.800, 0.800] | 0.85 | missed |  |",
  );
});

test.each([
  [0.103, "0.971 [0.971, 0.971]", "reached"],
  [0.104, "0.962 [0.962, 0.962]", "missed"],
] as const)(
  "floorTable calls %f s against 0.1 s %s times: no loss is %s",
  (seconds, times, said) => {
    const slices = {
      "ours-wasm-2": { count: 1, seconds: [seconds] },
      "ours-wasm": { count: 1, seconds: [0.1] },
    };
    const table = floorTable(ofOne("S", slices));
    expect(table).toContain(
      `| ours-wasm-2, against ours-wasm | S | ${times} | no loss | ${said} |`,
    );
    expect(table).toMatch(/\n\nThere is no loss from 0.97 times on: .*\.$/);
  },
);

test("floorTable speaks of no loss only where that is the floor", () => {
  const slices = {
    "ours-wasm-2": { count: 14, seconds: [0.1] },
    "ours-wasm": { count: 10, seconds: [0.1] },
  };
  expect(floorTable(ofM(slices))).toContain("| M | 1.40 [1.40, 1.40] | 1.4 | reached |");
  expect(floorTable(ofM(slices))).not.toContain("no loss");
});

test("floorTable is empty where no floor was measured", () => {
  expect(floorTable(ofM({}))).toBe("");
});
