import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reference } from "@feedforward/tensor";
import { afterAll, describe, expect, test } from "vitest";
import { answering, layersOf } from "../drivers/answer.ts";
import { trainerOn } from "../drivers/trainer.ts";
import { start } from "./child.ts";
import { compile, programOf } from "./compile.ts";
import { type Images, synthetic, writeTask } from "./material.ts";
import { check } from "./measure.ts";
import type { Ask, Part, Task } from "./protocol.ts";
import { type Update, workloads } from "./workloads.ts";

const source = fileURLToPath(new URL("../drivers/openblas.c", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true }));
const why = compile(source, folder);

const noise = (rows: number, stream: number): Images["train"] => {
  const { x, y } = synthetic(rows, stream);
  return { x: { shape: x.shape, data: Uint8Array.from(x.data, (v) => 128 + 40 * v) }, y };
};
const images: Images = { name: "noise", train: noise(1024, 1), test: noise(1000, 2) };

const bytesOf = (path: string): ArrayBuffer => new Uint8Array(readFileSync(path)).buffer;
const dataOf = ({ x, y, kind, rows, columns }: Part) => ({
  x: kind === "uint8" ? new Uint8Array(bytesOf(x)) : new Float32Array(bytesOf(x)),
  y: new Int32Array(bytesOf(y)),
  rows,
  columns,
});
const ours = answering(trainerOn(reference), {
  read: (task: Task) => ({
    task,
    train: dataOf(task.train),
    test: dataOf(task.test),
    order: new Int32Array(bytesOf(task.order)),
    layers: layersOf(task, new Float32Array(bytesOf(task.weights))),
  }),
}) as Ask;

describe.skipIf(why)("the C program", () => {
  test.each<readonly [data: "images" | "synthetic", update: Update]>([
    ["images", { kind: "sgd", learningRate: 0.1, momentum: 0 }],
    ["synthetic", { kind: "sgd", learningRate: 0.05, momentum: 0.9 }],
    ["images", { kind: "adam", learningRate: 0.001 }],
  ])("trains on %s as ours does, with %o", async (data, update) => {
    const workload = { ...workloads[0]!, widths: [10, 24, 9, 2], batch: 16, data, update };
    const task = await writeTask(folder, workload, images);
    const { ask, stop } = start({ file: programOf(source, folder), args: [] });
    try {
      const { about } = await ask({ op: "load", task });
      expect(about.products).toMatch(/^OpenBLAS \d/);
      await ours({ op: "load", task });
      const [theirs, mine] = [await check(ask, 60), await check(ours, 60)];
      expect(theirs.map(({ steps }) => steps)).toEqual([10, 100]);
      for (const [i, { loss }] of theirs.entries()) expect(loss).toBeCloseTo(mine[i]!.loss, 5);
      const { data: resident, peak } = await ask({ op: "memory" });
      expect(peak).toBeGreaterThanOrEqual(resident);
    } finally {
      stop();
    }
  });

  test("says which file it cannot open", async () => {
    const { ask } = start({ file: programOf(source, folder), args: [] });
    const part = { x: "/nowhere", kind: "uint8", rows: 1, columns: 1, y: "/nowhere" } as const;
    const task = {
      widths: [1, 1],
      batch: 1,
      update: { kind: "adam", learningRate: 1 },
      train: part,
      test: part,
      order: "/nowhere",
      weights: "/nowhere",
    } as const;
    await expect(ask({ op: "load", task })).rejects.toThrow("cannot open /nowhere");
  });
});
