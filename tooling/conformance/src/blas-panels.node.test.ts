import { type BlasBackend, blas } from "@feedforward/blas";
import { type Backend, reference } from "@feedforward/tensor";
import { expectAllClose } from "@feedforward/testing";
import { expect, test } from "vitest";
import { numbers } from "../../../packages/tensor/src/conformance/numbers.ts";

function blasHere(): BlasBackend | undefined {
  try {
    return blas();
  } catch {
    return undefined;
  }
}

const here = blasHere()!;
const [UNITS, INPUTS, ROWS] = [64, 96, 20];

/** a of inputs that are mostly 0, which our kernels multiply, and of such that are not, which the library does. */
function both(backend: Backend): number[][] {
  const { session, buffers } = backend.open("float32", (zeros) => ({
    x: zeros(ROWS * INPUTS, "float"),
    W: zeros(UNITS * INPUTS, "float"),
    a: zeros(ROWS * UNITS, "float"),
  }));
  const { x, W, a } = buffers;
  W.set(numbers(W.length, 1));
  session.push(W);
  return [9, 1, 9].map((every) => {
    x.set(numbers(x.length, 2).map((value, at) => ((at % INPUTS) % every ? 0 : value)));
    session.push(x);
    session.nt(a, x, W, ROWS, UNITS, INPUTS);
    return [...a];
  });
}

test.skipIf(!here)("nt on blas finds weights in rows that our kernels had in panels", () => {
  const wanted = both(reference);
  const got = both(here);
  expect(got).toHaveLength(3);
  for (const [i, a] of got.entries())
    expectAllClose(a, wanted[i]!, { relative: 1e-4, absolute: 1e-4 });
});
