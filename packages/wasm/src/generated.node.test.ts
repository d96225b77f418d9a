import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { digest } from "../scripts/generate.ts";

test.each(["fused", "plain", "worker"])(
  "src/generated/%s.ts was made from its sources as they stand",
  (variant) => {
    const text = readFileSync(new URL(`generated/${variant}.ts`, import.meta.url), "utf8");
    expect(text.match(/sha256 (\w+)/)?.[1]).toBe(digest());
  },
);
