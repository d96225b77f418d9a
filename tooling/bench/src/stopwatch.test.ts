import { type Definition, type FloatArray, reference } from "@feedforward/tensor";
import { describe, expect, test } from "vitest";
import { stopwatch } from "../drivers/stopwatch.ts";

/** A clock that says 1, 2, 3, ... ms. */
function ticking(): () => number {
  let ms = 0;
  return () => ++ms;
}

function opened() {
  const watch = stopwatch(ticking());
  const { session, buffers } = watch.over(reference).open("float32", (zeros) => ({
    a: zeros(6, "float"),
    b: zeros(6, "float"),
    c: zeros(9, "float"),
  }));
  return { watch, session, ...buffers };
}

describe("stopwatch", () => {
  test("hands everything on", () => {
    const { session, a, b, c } = opened();
    a.fill(1);
    b.fill(2);
    session.nt(c, a, b, 3, 3, 2, Float32Array.of(1, 1, 1));
    expect(c).toEqual(new Float32Array(9).fill(5));
    session.nn(c, a, b, 2, 2, 3);
    expect(c.slice(0, 4)).toEqual(new Float32Array(4).fill(6));
    session.tn(c, a, b, 2, 2, 3, 1);
    expect(c.slice(0, 4)).toEqual(new Float32Array(4).fill(12));
    expect(session.bytes).toBe(4 * 21);
    expect(session.pull(a)).toBeUndefined();
  });

  test("counts a product's operations and its operands' bytes", () => {
    const { watch, session, a, b, c } = opened();
    session.nt(c, a, b, 3, 3, 2);
    session.nt(c, a, b, 3, 3, 2);
    expect(watch.parts()).toEqual([
      { name: "nt 3 3 2", calls: 2, seconds: 0.002, operations: 2 * 36, bytes: 2 * 4 * 21 },
    ]);
  });

  test("tells kernels apart by what they are for", () => {
    const { watch, session, a, b } = opened();
    const tagged = (tag: string): Definition<[FloatArray, FloatArray, number]> =>
      Object.assign(() => {}, { kernel: [tag] as const });
    for (const tag of ["relu", "reluDerivative", "sgdMomentum", "softmaxCrossEntropyOfClasses"])
      session.call(tagged(tag), a, b, 6);
    session.call((x: FloatArray) => x.fill(0), a);
    expect(watch.parts().map(({ name, bytes }) => [name, bytes])).toEqual([
      ["activation", 48],
      ["activation, backwards", 72],
      ["update", 120],
      ["loss and its gradient", 48],
      ["a definition without a kernel", 24],
    ]);
  });

  test("gives the time before a push to the host", () => {
    const { watch, session, a, b, c } = opened();
    session.nn(c, a, b, 2, 2, 3);
    session.push(a);
    const [, host] = watch.parts();
    expect(host).toEqual({
      name: "bringing in rows, on the host",
      calls: 1,
      seconds: 0.001,
      operations: 0,
      bytes: 0,
    });
  });

  test("forgets when it is reset", () => {
    const { watch, session, a, b, c } = opened();
    session.nn(c, a, b, 2, 2, 3);
    watch.reset();
    expect(watch.parts()).toEqual([]);
  });
});
