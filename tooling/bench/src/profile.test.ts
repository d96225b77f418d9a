import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { measureProfiles } from "./profile.ts";
import type { RunRecord } from "./record.ts";
import type { Plan } from "./session.ts";
import { workloads } from "./workloads.ts";

const fake = fileURLToPath(new URL("fake-driver.ts", import.meta.url));
const part = { x: { shape: [256, 784], data: new Uint8Array(256 * 784) }, y: new Int32Array(256) };
const small = workloads.filter(({ name }) => name === "S");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const plan = (told: readonly string[]): Plan =>
  ({
    images: { name: "noise", train: part, test: part },
    pace: 1,
    folder,
    commandOf: () => ({ file: process.execPath, args: [fake, ...told] }),
    progress: () => {},
    signal: new AbortController().signal,
  }) as unknown as Plan;

describe("measureProfiles", () => {
  test("profiles on each number of threads, for about a slice", async () => {
    const record = { notes: [] } as unknown as RunRecord;
    await measureProfiles(plan(["0.1"]), small, record, () => {});
    expect(Object.keys(record.profiles!.S!)).toEqual(["1", "2"]);
    expect(record.profiles!.S![1]).toMatchObject({ steps: 2, seconds: 0.2 });
  });

  test("notes what fails", async () => {
    const record = { notes: [] as object[] } as unknown as RunRecord;
    await measureProfiles(plan(["dies"]), small, record, () => {});
    expect(record.profiles).toBeUndefined();
    expect(record.notes).toEqual([
      { system: "profile-1", workload: "S", note: "Segmentation fault" },
      { system: "profile-2", workload: "S", note: "Segmentation fault" },
    ]);
  });
});
