import { products, reference } from "@feedforward/tensor";
import { conformance } from "@feedforward/tensor/conformance";
import { guard } from "@feedforward/testing";
import { wasm } from "@feedforward/wasm";
import { describe, expect, test } from "vitest";
import { numbers, wildNumbers } from "../../../packages/tensor/src/conformance/numbers.ts";
import { ownCalls } from "../../../packages/tensor/src/conformance/own-calls.ts";
import { signatures } from "../../../packages/wasm/src/kernels.ts";
import { scenario } from "./scenarios.ts";

const sizes: [rows: number, columns: number][] = [
  [1, 1],
  [1, 7],
  [5, 1],
  [3, 10],
  [8, 16],
  [7, 37],
];
const calls = sizes.flatMap(([rows, columns]) => [
  ...scenario(rows, columns, numbers),
  ...scenario(rows, columns, wildNumbers, "of NaN, infinities and extremes"),
]);

test("every tag has a kernel, every kernel a tag", () => {
  const tags = [...calls, ...ownCalls(1, 1, numbers)].map(({ tag }) => tag);
  expect([...new Set(tags)].sort()).toEqual([...signatures.keys()].sort());
});

const backends = [reference, guard(products), wasm(), wasm({ deterministic: "portable" })];
describe.each(backends)("on $name", (backend) => {
  for (const { name, run } of conformance(backend, { calls })) test(name, run);
});
