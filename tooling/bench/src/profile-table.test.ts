import { describe, expect, test } from "vitest";
import { linesOf, profileSection } from "./profile-table.ts";
import type { Profile } from "./protocol.ts";
import type { RunRecord } from "./record.ts";

const part = { calls: 10, operations: 0, bytes: 0 };
const profile: Profile = {
  steps: 10,
  seconds: 0.01,
  parts: [
    { ...part, name: "bringing in rows", seconds: 0.001 },
    { ...part, name: "nt 8 16 32", seconds: 0.002, operations: 4e7, bytes: 4e5, packing: 5e-5 },
    { ...part, name: "tn 8 16 32", seconds: 0.004, operations: 4e7, bytes: 4e5, packing: 3e-5 },
    { ...part, name: "update", seconds: 0.002, bytes: 1e7 },
  ],
  peak: { operations: 5e10, bytes: 2e10 },
};

describe("linesOf", () => {
  test("gives what a step takes, and what it reaches of the peak", () => {
    const lines = linesOf(profile);
    expect(lines.map(({ name }) => name)).toEqual([
      "nt 8 16 32",
      "tn 8 16 32",
      "all products",
      "bringing in rows",
      "update",
      "the rest",
      "a step",
    ]);
    const [nt, , all, rows, update, rest, step] = lines;
    expect(nt!.microseconds).toBeCloseTo(200);
    expect(nt!.share).toBeCloseTo(0.2);
    expect(nt!.operations).toBeCloseTo(2e10);
    expect(nt!.ofPeak).toBeCloseTo(0.4);
    expect(nt!.packing).toBeCloseTo(50);
    expect(all!.microseconds).toBeCloseTo(600);
    expect(all!.operations).toBeCloseTo(8e7 / 0.006);
    expect(all!.packing).toBeCloseTo(80);
    expect(rows).toEqual({ name: "bringing in rows", microseconds: 100, share: 0.1 });
    expect(update!.bytes).toBeCloseTo(5e9);
    expect(update!.ofPeak).toBeCloseTo(0.25);
    expect(rest!.microseconds).toBeCloseTo(100);
    expect(step!.share).toBe(1);
  });

  test("accounts for the whole step", () => {
    const lines = linesOf(profile).filter(({ name }) => name !== "all products");
    const total = lines.reduce((sum, { share }) => sum + share, 0);
    expect(total).toBeCloseTo(2); // the parts and the rest, and the step itself
  });
});

describe("profileSection", () => {
  const parts = profile.parts.map((one) => ({ ...one, seconds: one.seconds / 2 }));
  const record = {
    profiles: { M: { 1: profile, 2: { ...profile, seconds: 0.008, parts } } },
  } as unknown as RunRecord;

  test("writes a table for each workload, threads side by side", () => {
    const section = profileSection(record);
    expect(section).toContain("The peak is 50.0 GFLOP/s");
    expect(section.slice(section.indexOf("### "))).toMatchInlineSnapshot(`
      "### M

      |  | us | share | GFLOP/s | GB/s | of peak | packing, us | 2 threads, us | times as fast |
      | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
      | nt, 8 x 16 x 32 | 200 | 20 % | 20.0 | 0.200 | 40 % | 50.0 | 100 | 2.00 |
      | tn, 8 x 16 x 32 | 400 | 40 % | 10.0 | 0.100 | 20 % | 30.0 | 200 | 2.00 |
      | all products | 600 | 60 % | 13.3 | 0.133 | 27 % | 80.0 | 300 | 2.00 |
      | bringing in rows | 100 | 10 % |  |  |  |  | 50.0 | 2.00 |
      | update | 200 | 20 % |  | 5.00 | 25 % |  | 100 | 2.00 |
      | the rest | 100 | 10 % |  |  |  |  | 350 | 0.286 |
      | a step | 1,000 | 100 % |  |  |  |  | 800 | 1.25 |"
    `);
  });

  test("is empty without a profile", () => {
    expect(profileSection({} as RunRecord)).toBe("");
  });
});
