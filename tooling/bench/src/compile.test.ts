import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compile, programOf } from "./compile.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("compile", () => {
  test("says when there is no compiler", () => {
    expect(compile("a.c", folder, "no-such-cc")).toBe("no C compiler: no-such-cc does not start");
  });

  test("says what the compiler said last", () => {
    const compiler = join(folder, "cc");
    const script =
      "#!/bin/sh\necho 'ld: cannot find -lopenblas' >&2\necho 'cc: error: ld' >&2\nexit 1\n";
    writeFileSync(compiler, script, { mode: 0o755 });
    expect(compile("a.c", folder, compiler)).toBe(`${compiler}: cc: error: ld`);
  });
});

test("programOf names the program after its source", () => {
  expect(programOf("/drivers/openblas.c", "/cache")).toBe("/cache/openblas");
});
