import { define, type FloatArray } from "@feedforward/tensor";
import { expect, test } from "vitest";
import { machineOf } from "./machine.ts";
import { WIDTH } from "./panels.ts";
import { backendOf } from "./wasm.ts";

const [UNITS, INPUTS, ROWS] = [96, 80, 32];

const sgd = define("sgd", (w: FloatArray, g: FloatArray, rate: number, decay: number) => {
  for (let i = 0; i < w.length; i++) w[i] = w[i]! - rate * (g[i]! + decay * w[i]!);
});
const addScaled = define("addScaled", (x: FloatArray, y: FloatArray, factor: number) => {
  for (let i = 0; i < x.length; i++) x[i]! += factor * y[i]!;
});

/** Some numbers in (-1, 1), none of them zero. */
const some = (length: number, salt: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((i + 1) * (0.7 + salt)) || 0.5);

/** A batch that uses but a third of the INPUTS: other ones for another salt. */
const batch = (rows: number, INPUTS: number, salt: number): Float32Array =>
  some(rows * INPUTS, salt).map((x, i) => (((i % INPUTS) + 4 * salt) % 12 < 4 ? x : 0));

/** A run on one thread, with weights of a shape, two gradients, and a batch. */
function opened() {
  const { session, buffers } = backendOf(machineOf("plain")!, 1).open("float32", (zeros) => ({
    w: zeros(UNITS * INPUTS, "float"),
    g: zeros(UNITS * INPUTS, "float"),
    other: zeros(UNITS * INPUTS, "float"),
    x: zeros(ROWS * INPUTS, "float"),
    d: zeros(ROWS * UNITS, "float"),
    y: zeros(ROWS * UNITS, "float"),
    gradX: zeros(ROWS * INPUTS, "float"),
  }));
  const { w, g, other, x, d, y } = buffers;
  w.set(some(w.length, 1));
  g.set(some(w.length, 5));
  other.set(some(w.length, 6));
  x.set(batch(ROWS, INPUTS, 0));
  d.set(some(d.length, 2));
  session.push(...Object.values(buffers));
  return {
    session,
    ...buffers,
    nt: (rows = ROWS, b = w) => session.nt(y, x, b, rows, UNITS, INPUTS),
    tn: (c = g, beta: 0 | 1 = 0) => session.tn(c, d, x, UNITS, INPUTS, ROWS, beta),
    /** Other INPUTS are in use from now on. */
    move: (salt: number) => {
      x.set(batch(ROWS, INPUTS, salt));
      session.push(x);
    },
  };
}

type Run = ReturnType<typeof opened>;

/** The same, with all in rows for good: every step goes over the whole gradient. */
function openedInRows(): Run {
  const run = opened();
  const { session, gradX, d, w, nt } = run;
  nt();
  session.nn(gradX, d, w, ROWS, INPUTS, UNITS);
  return run;
}

/** A step whose gradient is not subtracted yet. */
function begin({ nt, tn }: Run): void {
  nt();
  tn();
}

/** Three steps, each on inputs of its own: from the second on it is known where the gradient is zero. */
function train(run: Run): void {
  for (let salt = 0; salt < 3; salt++) {
    run.move(salt);
    begin(run);
    run.session.call(sgd, run.w, run.g, 0.1, 0);
  }
}

test("a step of sgd leaves alone the weights of inputs that neither this batch used nor the last", () => {
  const run = opened();
  const { session, w, g, x } = run;
  train(run);
  begin(run);
  const before = w.slice();
  const isUsed = (input: number): boolean =>
    x.some((value, i) => i % INPUTS === input && value !== 0);
  const used = Array.from({ length: INPUTS }, (_, input) => isUsed(input));
  expect(used.filter(Boolean).length).toBeLessThan(INPUTS / 2);
  const isAlone = (at: number): boolean => !used[Math.floor((at % (INPUTS * WIDTH)) / WIDTH)];
  for (let at = 0; at < g.length; at++) if (isAlone(at)) g[at] = 1; // which nobody is told
  session.call(sgd, w, g, 0.1, 0);
  expect(w.filter((_, at) => isAlone(at))).toEqual(before.filter((_, at) => isAlone(at)));
  expect(w.filter((_, at) => !isAlone(at))).not.toEqual(before.filter((_, at) => !isAlone(at)));
});

const unused = 1; // by the last two batches
const put = (value: number): ((run: Run) => void) =>
  function putValue({ session, w }) {
    session.pull(w);
    w[5 * INPUTS + unused] = value;
    session.push(w);
  };
const step =
  (rate: number, decay = 0): ((run: Run) => void) =>
  ({ session, w, g }) =>
    session.call(sgd, w, g, rate, decay);

/** What may come between the gradient and its subtraction. */
const between: readonly (readonly [what: string, act: (run: Run) => void])[] = [
  ["nothing", () => {}],
  ["a step with decay", step(0.1, 0.01)],
  ["a step at rate 0", step(0)],
  ["a step at a negative rate", step(-0.1)],
  ["a step at a rate that is NaN", step(Number.NaN)],
  ["a step at an infinite rate", step(Number.POSITIVE_INFINITY)],
  ["weights that the host made NaN", put(Number.NaN)],
  ["weights that the host made infinite", put(Number.NEGATIVE_INFINITY)],
  [
    "weights that the host made infinite before a product",
    (run) => {
      put(Number.POSITIVE_INFINITY)(run);
      begin(run);
    },
  ],
  [
    "infinite weights that a batch of no rows met",
    (run) => {
      put(Number.POSITIVE_INFINITY)(run);
      begin(run);
      run.nt(0);
    },
  ],
  [
    "weights that an element-wise kernel made infinite",
    ({ session, w, other }) => {
      other[5 * INPUTS + unused] = Number.POSITIVE_INFINITY;
      session.push(other);
      session.call(addScaled, w, other, 1);
    },
  ],
  [
    "weights that a step made infinite, and other inputs",
    (run) => {
      const { session, w, g } = run;
      session.call(addScaled, w, w, 1e30);
      begin(run);
      session.call(sgd, w, g, 3e38, 0);
      session.call(sgd, w, g, 3e38, 0);
      run.move(2);
      run.tn();
      run.tn();
    },
  ],
  ["more added to the gradient", ({ session, g, other }) => session.call(addScaled, g, other, 0.5)],
  ["a gradient that sgd changes", ({ session, g, other }) => session.call(sgd, g, other, 0.5, 0)],
  [
    "a gradient that the host wrote",
    ({ session, g }) => {
      g.set(some(g.length, 8));
      session.push(g);
    },
  ],
  [
    "the gradient of another batch on top",
    (run) => {
      run.move(2);
      run.tn(run.g, 1);
    },
  ],
  [
    "another gradient in turn, of other batches",
    (run) => {
      const { session, w, other } = run;
      for (const salt of [0, 1, 2]) {
        run.move(salt);
        run.tn(other);
        session.call(sgd, w, other, 0.1, 0);
      }
    },
  ],
  [
    "a dense batch, and a sparse one",
    (run) => {
      run.x.set(some(run.x.length, 3));
      run.session.push(run.x);
      run.tn();
      run.move(1);
      run.tn();
    },
  ],
];

test.each(between)("a step of sgd subtracts all of the gradient, after %s", (_, act) => {
  const [quick, whole] = [opened(), openedInRows()];
  for (const run of [quick, whole]) {
    const { session, w, g, other } = run;
    train(run);
    run.move(1);
    begin(run);
    act(run);
    session.call(sgd, w, g, 0.1, 0);
    run.nt();
    session.pull(w, g, other);
  }
  for (const name of ["y", "g", "w"] as const) expect(quick[name]).toEqual(whole[name]);
});

test("NaN in a gradient shows in a product with it, whatever was known of the gradient before", () => {
  const { session, x, d, y, g, nt, tn } = opened();
  x.fill(0, 0, INPUTS);
  session.push(x);
  nt(); // weights of this shape lie in panels
  tn();
  nt(ROWS, g);
  expect(y[0]).toBe(0);
  d[0] = Number.NaN;
  session.push(d);
  tn();
  nt(ROWS, g);
  expect(y[0]).toBeNaN();
});
