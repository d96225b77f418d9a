import { define, type FloatArray } from "@feedforward/tensor";
import { describe, expect, test } from "vitest";
import { machineOf } from "./machine.ts";
import { WIDTH } from "./panels.ts";
import { backendOf } from "./wasm.ts";

const [UNITS, INPUTS, ROWS] = [96, 80, 32];

const multiply = define(
  "multiply",
  (out: FloatArray, x: FloatArray, y: FloatArray, count: number) => {
    for (let i = 0; i < count; i++) out[i] = x[i]! * y[i]!;
  },
);
const addNorm = define("addNorm", (norm: FloatArray, x: FloatArray) => {
  for (const value of x) norm[0]! += value * value;
});
const negate = (x: FloatArray): void => {
  for (let i = 0; i < x.length; i++) x[i]! *= -1;
};

const twice = (act: () => void): void => {
  act();
  act();
};

/** Some numbers in (-1, 1), none of them zero. */
const some = (length: number, salt: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((i + 1) * (0.7 + salt)) || 0.5);

/** A batch that uses but a third of the inputs: other ones for another salt. */
const batch = (rows: number, inputs: number, salt: number): Float32Array =>
  some(rows * inputs, salt).map((x, i) => (((i % inputs) + 4 * salt) % 12 < 4 ? x : 0));

/** A run on one thread, with weights of a shape, two gradients, and a batch. */
function opened(units = UNITS, inputs = INPUTS) {
  const { session, buffers } = backendOf(machineOf("plain")!, 1).open("float32", (zeros) => ({
    w: zeros(units * inputs, "float"),
    g: zeros(units * inputs, "float"),
    other: zeros(units * inputs, "float"),
    x: zeros(ROWS * inputs, "float"),
    d: zeros(ROWS * units, "float"),
    y: zeros(ROWS * units, "float"),
    gradX: zeros(ROWS * inputs, "float"),
    norm: zeros(1, "float"),
  }));
  const { w, g, x, d, y } = buffers;
  w.set(some(w.length, 1));
  g.set(some(w.length, 5));
  x.set(batch(ROWS, inputs, 0));
  d.set(some(d.length, 2));
  session.push(...Object.values(buffers));
  return {
    session,
    ...buffers,
    nt: (rows = ROWS, b = w) => session.nt(y, x, b, rows, units, inputs),
    tn: (c = g, beta: 0 | 1 = 0) => session.tn(c, d, x, units, inputs, ROWS, beta),
    /** Other inputs are in use from now on. */
    move: (salt: number) => {
      x.set(batch(ROWS, inputs, salt));
      session.push(x);
    },
  };
}

/** W[units,inputs] in panels. */
const panelsOf = (w: FloatArray, inputs = INPUTS): Float32Array =>
  Float32Array.from(w, (_, at) => {
    const [panel, inside] = [Math.floor(at / (inputs * WIDTH)), at % (inputs * WIDTH)];
    const unit = panel * WIDTH + (inside % WIDTH);
    return w[unit * inputs + Math.floor(inside / WIDTH)]!;
  });

describe("weights", () => {
  test("lie in panels from the first product of many rows until they are pulled", () => {
    const { session, w, nt } = opened();
    const rows = w.slice();
    for (let time = 0; time < 2; time++) {
      nt(1);
      expect(w).toEqual(rows);
      nt(2);
      expect(w).toEqual(panelsOf(rows));
      nt(1);
      expect(w).toEqual(panelsOf(rows));
      session.pull(w.subarray(5, 6));
      expect(w).toEqual(rows);
    }
  });

  test("that the host wrote lie in rows until the next such product", () => {
    const { session, w, nt } = opened();
    nt();
    const rows = some(w.length, 3);
    w.set(rows);
    session.push(w);
    expect(w).toEqual(rows);
    nt();
    expect(w).toEqual(panelsOf(rows));
  });

  test.each([
    ["a unit more than whole panels have", 97, 80],
    ["few units", 32, 80],
    ["few inputs", 96, 15],
    ["more inputs than there is room for", 64, 3100],
  ])("of %s lie in rows", (_, units, inputs) => {
    const { w, nt } = opened(units, inputs);
    const rows = w.slice();
    nt();
    expect(w).toEqual(rows);
  });

  test.each([
    ["nn", ({ session, gradX, d, w }) => session.nn(gradX, d, w, ROWS, INPUTS, UNITS)],
    ["a definition without a kernel", ({ session, w }) => twice(() => session.call(negate, w))],
    ["addNorm", ({ session, norm, w }) => session.call(addNorm, norm, w)],
    ["an element-wise kernel of a part", ({ session, g, w }) => session.call(multiply, g, w, w, 9)],
    [
      "being the bias",
      ({ session, y, x, other, w }) =>
        session.nt(y, x, other, ROWS, UNITS, INPUTS, w.subarray(0, UNITS)),
    ],
    [
      "being the rows of a product",
      ({ session, y, w, other }) => session.nt(y, w, other, ROWS, UNITS, INPUTS),
    ],
    [
      "a product with themselves",
      ({ session, y, w }) => session.nt(y, w.subarray(0, ROWS * INPUTS), w, ROWS, UNITS, INPUTS),
    ],
    [
      "a product with an operand on the heap",
      ({ session, y, x, w }) => session.nt(y, x.slice(), w, ROWS, UNITS, INPUTS),
    ],
  ] satisfies [string, (run: ReturnType<typeof opened>) => void][])(
    "lie in rows for good after %s",
    (_, act) => {
      const run = opened();
      const { w, nt } = run;
      const rows = w.slice();
      nt();
      expect(w).not.toEqual(rows);
      act(run);
      expect(w).toEqual(rows);
      nt();
      expect(w).toEqual(rows);
    },
  );

  test("that a product overwrites lie in rows, as it left them", () => {
    const { session, w, other, x, nt } = opened();
    nt();
    session.nt(w.subarray(0, 2 * UNITS), x, other, 2, UNITS, INPUTS);
    const wanted = new Float32Array(2 * UNITS);
    for (let i = 0; i < wanted.length; i++) wanted[i] = w[i]!;
    session.pull(w);
    expect(w.slice(0, wanted.length)).toEqual(wanted);
    expect(w.slice(wanted.length)).toEqual(some(w.length, 1).slice(wanted.length));
  });

  test("lie in rows for a product with themselves, even where a part of them lay in panels", () => {
    for (const isTurned of [false, true]) {
      const { session, w, x, y } = opened();
      const rows = w.slice();
      if (isTurned) session.nt(y, x, w.subarray(WIDTH * INPUTS), ROWS, UNITS - WIDTH, INPUTS);
      session.nt(y, w.subarray(0, 9 * INPUTS), w, 9, UNITS, INPUTS);
      expect(w).toEqual(rows);
      let square = 0;
      for (const value of rows.subarray(0, INPUTS)) square += value * value;
      expect(y[0]).toBeCloseTo(square, 3);
    }
  });

  test("that overlap lie in rows for an element-wise kernel", () => {
    const { session, w, g, x, y } = opened();
    const rows = w.slice();
    const [one, two] = [w.subarray(0, 64 * INPUTS), w.subarray(INPUTS, 65 * INPUTS)];
    session.nt(y, x, one, 2, 64, INPUTS);
    session.call(multiply, g.subarray(0, one.length), one, two, one.length);
    session.pull(g);
    for (const at of [0, 1, 77, one.length - 1])
      expect(g[at]).toBe(Math.fround(rows[at]! * rows[at + INPUTS]!));
  });

  test("of another shape are turned back before they are turned", () => {
    const { session, w, y, x, nt } = opened();
    const rows = w.slice();
    nt();
    session.nt(y, x, w, 2, 160, 48);
    expect(w).toEqual(panelsOf(rows, 48));
    nt();
    expect(w).toEqual(panelsOf(rows));
  });
});

describe("a gradient", () => {
  test("lies in panels where weights of its shape do, until it is pulled", () => {
    const { session, g, w, nt, tn } = opened();
    tn();
    const rows = g.slice();
    nt();
    expect(g).toEqual(rows);
    tn();
    expect(g).toEqual(panelsOf(rows));
    session.pull(w);
    expect(g).toEqual(panelsOf(rows));
    session.pull(g);
    expect(g).toEqual(rows);
  });

  test("is turned before more is added to it", () => {
    const { session, g, nt, tn } = opened();
    const [before, rows] = [g.slice(), opened()];
    rows.tn(rows.g, 1);
    nt();
    tn(g, 1);
    expect(g).toEqual(panelsOf(rows.g));
    session.pull(g);
    expect(g).toEqual(rows.g);
    expect(g).not.toEqual(before);
  });

  test("of another shape lies in rows", () => {
    const { session, g, x, d, nt } = opened();
    nt();
    session.tn(g, x, d, INPUTS, UNITS, ROWS, 0);
    const rows = g.slice();
    session.pull(g);
    expect(g).toEqual(rows);
  });
});
