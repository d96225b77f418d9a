import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileError } from "./file-error.ts";
import { writeAtomically } from "./write-atomically.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("writeAtomically", () => {
  test("writes text and bytes over what was there, and leaves nothing else", async () => {
    const path = join(folder, "a.json");
    await writeAtomically(path, "first");
    await writeAtomically(path, Uint8Array.of(104, 105));
    expect(readFileSync(path, "utf8")).toBe("hi");
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });

  test("that cannot go on leaves the old file whole, and no temporary one", async () => {
    const path = join(folder, "a.json");
    writeFileSync(path, "old");
    const broken = (function* () {
      yield "half";
      throw new Error("the rest is lost");
    })() as unknown as string;
    await expect(writeAtomically(path, broken)).rejects.toThrow(/the rest is lost/);
    expect(readFileSync(path, "utf8")).toBe("old");
    mkdirSync(join(folder, "b.json"));
    await expect(writeAtomically(join(folder, "b.json"), "new")).rejects.toThrow(/could not write/);
    expect(readdirSync(folder)).toEqual(["a.json", "b.json"]);
  });

  test("into a folder that does not exist says so", async () => {
    const path = join(folder, "none", "a.json");
    await expect(writeAtomically(path, "")).rejects.toThrow(
      `could not write ${path}: it does not exist`,
    );
  });
});

test.runIf(process.platform === "linux")("a full disk is an error in words", async () => {
  const { writeFile } = await import("node:fs/promises");
  const cause = await writeFile("/dev/full", "x").catch((error: unknown) => error);
  expect(fileError("write", "runs/1", cause)).toMatchInlineSnapshot(
    `[UserError: could not write runs/1: the disk is full: free some space, or choose another place]`,
  );
});
