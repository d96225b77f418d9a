import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { digest } from "../scripts/generate.ts";

test.each(["kernels", "worker"])(
  "src/generated/%s.ts was made from its sources as they stand",
  (name) => {
    const text = readFileSync(new URL(`generated/${name}.ts`, import.meta.url), "utf8");
    expect(text.match(/sha256 (\w+)/)?.[1]).toBe(digest());
  },
);
