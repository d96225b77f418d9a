import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Images } from "./material.ts";
import { toPage } from "./page.ts";
import type { Request } from "./protocol.ts";
import { type RunRecord, toText } from "./record.ts";
import { measure, type Plan } from "./session.ts";
import { type System, systems } from "./systems.ts";
import { workloads } from "./workloads.ts";

const fake = fileURLToPath(new URL("fake-driver.ts", import.meta.url));
const images: Images = {
  name: "noise",
  train: { x: { shape: [300, 784], data: new Uint8Array(300 * 784) }, y: new Int32Array(300) },
  test: { x: { shape: [20, 784], data: new Uint8Array(20 * 784) }, y: new Int32Array(20) },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Systems by their ids, each with what the fake process is told: seconds for a step, and a loss. */
function plan(told: Record<string, string[]>, more: Partial<Plan> = {}): Plan {
  return {
    systems: systems.filter(({ id }) => told[id]),
    workloads: workloads.filter(({ name }) => name === "S"),
    images,
    pairs: 3,
    pace: 1,
    starts: 0,
    checkLimit: 60,
    folder,
    commandOf: ({ id }: System) => ({ file: process.execPath, args: [fake, ...told[id]!] }),
    progress: () => {},
    signal: new AbortController().signal,
    ...more,
  };
}

const empty = (): RunRecord => ({
  date: "2026-11-25",
  command: "pnpm bench",
  machine: { cpu: "a CPU", cores: 2, memoryGiB: 24, system: "Linux", node: "26.10.0", load: 0 },
  data: "noise",
  pairs: 3,
  systems: {},
  notes: [],
  workloads: [],
  startUp: {},
  bundles: {},
});

describe("measure", () => {
  test("records slices, checks and memory of every system", async () => {
    const record = empty();
    let saved = 0;
    const told = { "ours-reference": ["0.1"], "torch-1": ["0.025"] };
    await measure(plan(told), record, () => saved++);
    const [s] = record.workloads;
    expect(s!.slices).toEqual({
      "ours-reference": { count: 2, seconds: [0.2, 0.2, 0.2] },
      "torch-1": { count: 8, seconds: [0.2, 0.2, 0.2] },
    });
    expect(s!.checks["torch-1"]).toEqual([
      { steps: 10, loss: 1 / 11 },
      { steps: 100, loss: 1 / 101 },
    ]);
    expect(s!.memory["torch-1"]).toEqual({ data: 1_000_000, peak: 3_000_000 });
    expect(record.notes).toEqual([]);
    expect(saved).toBeGreaterThan(0);
    expect(toPage(record, "x.json")).toContain("| PyTorch, 1 thread | 1,280 (1.00) |");
    expect(toPage(record, "x.json")).toContain("| feedforward, reference backend | 320 (0.250) |");
  });

  test("asks for each timed slice right after an untimed one", async () => {
    const record = empty();
    const journal = join(folder, "asked");
    const m = workloads.filter(({ name }) => name === "M");
    await measure(plan({ "torch-1": ["0.12", "1", journal] }, { workloads: m }), record, () => {});
    const asked = readFileSync(journal, "utf8").trim().split("\n");
    const requests = asked.map((line) => JSON.parse(line) as Request);
    const warmed = requests.findLastIndex(({ op }) => op === "prepare") + 2;
    const steps = { op: "steps", steps: 2 };
    expect(requests.slice(warmed, warmed + 7)).toEqual([
      ...Array(6).fill(steps), // an untimed and a timed one, three rounds
      expect.objectContaining({ op: "predict" }),
    ]);
    const predict = { op: "predict", rows: 1, calls: 833 };
    expect(requests.slice(-6)).toEqual(Array(6).fill(predict));
    expect(record.workloads[0]!.slices["torch-1"]).toEqual({
      count: 2,
      seconds: [0.24, 0.24, 0.24],
    });
    expect(record.workloads[0]!.predict[1]!["torch-1"]!.seconds).toHaveLength(3);
    expect(record.ledIn).toBe(true);
  });

  test("does not time a system whose loss differs, unless its row says why", async () => {
    const record = empty();
    const told = { "ours-reference": ["0.1"], "torch-1": ["0.1", "1.2"], brain: ["0.1", "1.2"] };
    await measure(plan(told), record, () => {});
    expect(Object.keys(record.workloads[0]!.slices)).toEqual(["ours-reference", "brain"]);
    expect(record.notes).toEqual([
      {
        system: "torch-1",
        workload: "S",
        note: "not timed: its loss after 100 steps is 0.00198 from the first's",
      },
    ]);
  });

  test("notes a system that dies, and measures the others", async () => {
    const record = empty();
    await measure(plan({ "ours-reference": ["0.1"], "torch-1": ["dies"] }), record, () => {});
    expect(record.notes).toEqual([
      { system: "torch-1", workload: "S", note: "Segmentation fault" },
    ]);
    expect(record.workloads[0]!.slices["ours-reference"]!.seconds).toHaveLength(3);
  });

  test("keeps the rounds that are done when it is interrupted", async () => {
    const interruption = new AbortController();
    const record = empty();
    let written = "";
    const progress = (text: string): void => {
      if (text.includes("round 2")) interruption.abort();
    };
    const interrupted = plan(
      { "ours-reference": ["0.1"] },
      { progress, signal: interruption.signal },
    );
    await measure(interrupted, record, () => {
      written = toText(record);
    });
    expect((JSON.parse(written) as RunRecord).workloads[0]!.slices).toEqual({
      "ours-reference": { count: 2, seconds: [0.2, 0.2] },
    });
    expect(record.notes).toEqual([]);
  });

  test("times the start of a process", async () => {
    const record = empty();
    await measure(plan({ "ours-reference": ["0.1"] }, { starts: 2 }), record, () => {});
    expect(record.startUp["ours-reference"]).toHaveLength(2);
  });

  test("asks a system in a browser for neither memory nor start-up", async () => {
    const record = empty();
    await measure(plan({ "ours-chromium": ["0.1"] }, { starts: 2 }), record, () => {});
    expect(record.workloads[0]!.slices["ours-chromium"]!.seconds).toHaveLength(3);
    expect(record.workloads[0]!.memory).toEqual({});
    expect(record.startUp).toEqual({});
  });

  test("writes the weights and the order that every system begins with", async () => {
    await measure(plan({ "ours-reference": ["0.1"] }), empty(), () => {});
    const size = (file: string): number => readFileSync(join(folder, "S", file)).length;
    expect(size("weights.float32")).toBe(4 * (784 * 128 + 128 + 128 * 10 + 10));
    expect(size("order.int32")).toBe(4 * 2 * 256); // two epochs of what is left of 300 rows
    expect(size("train-x.uint8")).toBe(256 * 784);
  });
});
