import { reference } from "@feedforward/tensor";
import { wasm } from "@feedforward/wasm";
import { describe, expect, test } from "vitest";
import { signatures } from "../../../packages/wasm/src/kernels.ts";
import { numbers, wildNumbers } from "./numbers.ts";
import type { Recorded } from "./recorded.ts";
import { replay } from "./replay.ts";
import { scenario } from "./scenarios.ts";

const backends = [reference, wasm(), wasm({ deterministic: "portable" })];

const sizes: [rows: number, columns: number][] = [
  [1, 1],
  [1, 7],
  [5, 1],
  [3, 10],
  [8, 16],
  [7, 37],
];

function byTag(calls: Recorded[]): Map<string, Recorded[]> {
  const groups = new Map<string, Recorded[]>();
  for (const call of calls) groups.set(call.tag, [...(groups.get(call.tag) ?? []), call]);
  return groups;
}

const tame = byTag(sizes.flatMap(([rows, columns]) => scenario(rows, columns, numbers)));
const wild = byTag(sizes.flatMap(([rows, columns]) => scenario(rows, columns, wildNumbers)));

test("every tag has a kernel, every kernel a tag", () => {
  expect([...tame.keys()].sort()).toEqual([...signatures.keys()].sort());
});

describe.each(backends)("on $name", (backend) => {
  test.each([...tame.keys()])("%s() computes its definition", (tag) => {
    for (const call of tame.get(tag)!) replay(backend, call, { relative: 2e-6, absolute: 3e-7 });
  });

  test.each([...wild.keys()])(
    "%s() computes its definition of NaN, infinities and extremes",
    (tag) => {
      for (const call of wild.get(tag)!) replay(backend, call, { relative: 4e-6, absolute: 1e-6 });
    },
  );

  test.each([...tame.keys()])("%s() still does when the engine has optimised it", (tag) => {
    replay(backend, tame.get(tag)!.at(-1)!, { relative: 2e-6, absolute: 3e-7 }, 3000);
  });
});
