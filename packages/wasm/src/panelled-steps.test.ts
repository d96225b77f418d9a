import type { Definition, FloatArray, Session } from "@feedforward/tensor";
import { expect, test } from "vitest";
import { machineOf } from "./machine.ts";
import { backendOf } from "./wasm.ts";

// The steps of a layer whose weights lie in panels, against those of one whose weights have to lie in rows: the same bits.

const [UNITS, INPUTS, ROWS, MOST] = [64, 96, 20, 40];
/** On two threads, which share products of 40 rows, and none of 20. */
const grain = { floats: 0, multiplications: 150_000, columns: 8, elements: 1e9, chunk: 16 };

interface Layer {
  readonly session: Session;
  readonly x: FloatArray;
  readonly W: FloatArray;
  readonly b: FloatArray;
  readonly a: FloatArray;
  readonly gradA: FloatArray;
  readonly gradW: FloatArray;
  readonly gradX: FloatArray;
  readonly momentum: FloatArray;
}

const number = (i: number, seed: number): number =>
  (((i * 7919 + seed * 104729) % 2003) - 1001) / 512;

/** A session for a layer; nothing lies in panels after `settle`. */
function open(threads = 1): Layer {
  const backend = backendOf(machineOf("plain")!, threads, { grain });
  const { session, buffers } = backend.open("float32", (zeros) => ({
    x: zeros(MOST * INPUTS, "float"),
    W: zeros(UNITS * INPUTS, "float"),
    b: zeros(UNITS, "float"),
    a: zeros(MOST * UNITS, "float"),
    gradA: zeros(MOST * UNITS, "float"),
    gradW: zeros(UNITS * INPUTS, "float"),
    gradX: zeros(MOST * INPUTS, "float"),
    momentum: zeros(UNITS * INPUTS, "float"),
  }));
  return { session, ...buffers };
}

const definitions = new Map<string, Definition<(FloatArray | number)[]>>();
function called({ session }: Layer, kernel: string, ...args: (FloatArray | number)[]): void {
  let definition = definitions.get(kernel);
  if (!definition) {
    definition = Object.assign((): void => {}, { kernel: [kernel] as const });
    definitions.set(kernel, definition);
  }
  session.call(definition, ...args);
}

const forward = ({ session, a, x, W, b }: Layer, rows = ROWS): void =>
  session.nt(a, x, W, rows, UNITS, INPUTS, b);
const backward = ({ session, gradW, gradA, x }: Layer, beta: 0 | 1 = 0, rows = ROWS): void =>
  session.tn(gradW, gradA, x, UNITS, INPUTS, rows, beta);
const sgd = (layer: Layer, rate = 0.25, decay = 0): void =>
  called(layer, "sgd", layer.W, layer.gradW, rate, decay);

/** Inputs that are 0 but for some: those from `from`, every `every`-th. */
function bring({ session, x, gradA }: Layer, seed: number, from = 0, every = 3): void {
  for (let i = 0; i < x.length; i++) {
    const input = i % INPUTS;
    x[i] = input >= from && (input - from) % every === 0 ? number(i, seed) : 0;
  }
  for (let i = 0; i < gradA.length; i++) gradA[i] = number(i, seed + 1);
  session.push(x, gradA);
}

/** Begins with weights, and whatever a gradient holds. */
function begin(layer: Layer): void {
  const { session, W, b, gradW, momentum } = layer;
  for (let i = 0; i < W.length; i++) {
    W[i] = number(i, 1);
    gradW[i] = number(i, 2);
    momentum[i] = number(i, 3);
    if (i % INPUTS === 95) W[i] = -0;
  }
  for (let i = 0; i < b.length; i++) b[i] = number(i, 4);
  session.push(W, gradW, momentum, b);
}

/** Has all that may lie in panels lie there, and then in rows, for good: through other views, which nothing remembers. */
function settle(layer: Layer): void {
  const { session, ...buffers } = layer;
  const views = Object.entries(buffers).map(([name, x]) => [name, x.subarray(0)]);
  const other = { session, ...Object.fromEntries(views) } as Layer;
  const { W, gradW, momentum } = other;
  forward(other);
  called(other, "sgdMomentum", W, gradW, momentum, 0, 0, 0);
  const untagged = (() => {}) as Definition<FloatArray[]>;
  session.call(untagged, W, gradW, momentum);
  for (const one of [W, gradW, momentum]) session.nn(other.a, one, one, 8, 8, 8);
}

/** What a scenario leaves everywhere, and what it noted, with panels or without. */
function outcome(
  inRows: boolean,
  scenario: (layer: Layer, note: () => void) => void,
  threads: number,
): number[][] {
  const layer = open(threads);
  if (inRows) settle(layer);
  begin(layer);
  const noted: number[][] = [];
  const note = (): void => void noted.push([...layer.a], [...layer.gradX]);
  scenario(layer, note);
  const { session, W, gradW, momentum } = layer;
  session.pull(W, gradW, momentum);
  return [...noted, [...W], [...gradW], [...momentum]];
}

const same = (scenario: (layer: Layer, note: () => void) => void, threads = 1): void => {
  const [panels, rows] = [false, true].map((inRows) => outcome(inRows, scenario, threads)) as [
    number[][],
    number[][],
  ];
  const differing = panels.map((x, i) => x.filter((value, j) => !Object.is(value, rows[i]![j])));
  expect(differing.map(({ length }) => length)).toEqual(panels.map(() => 0));
};

/** A step of a batch with other inputs in use than the last. */
function step(layer: Layer, seed: number, from: number, every?: number, rows = ROWS): void {
  bring(layer, seed, from, every);
  forward(layer, rows);
  backward(layer, 0, rows);
  sgd(layer);
}

test("weights that lie in panels are turned, and given back in rows", () => {
  const layer = open();
  const { session, W, gradW } = layer;
  begin(layer);
  const before = W.slice();
  bring(layer, 5);
  forward(layer);
  expect(W).not.toEqual(before);
  backward(layer);
  session.pull(W);
  expect(W).toEqual(before);
  const inPanels = gradW.slice();
  session.pull(gradW);
  expect(gradW).not.toEqual(inPanels);
});

test("steps of batches that use other inputs", () => {
  same((layer, note) => {
    for (const [from, every] of [
      [0, 3],
      [1, 3],
      [2, 3],
      [95, 1],
      [0, 96],
      [40, 2],
    ] as const) {
      step(layer, from, from, every);
      note();
    }
  });
});

test("rows of a gradient are written again once their inputs are used, and zero once they are not", () => {
  same((layer, note) => {
    step(layer, 1, 0, 2);
    for (const every of [5, 96, 7, 4]) {
      step(layer, every, 1, every);
      const { session, gradW } = layer;
      if (every === 96) session.pull(gradW);
      note();
    }
  });
});

test("steps with few rows, or one, which read the weights where they lie", () => {
  same((layer, note) => {
    step(layer, 1, 0);
    forward(layer, 1);
    note();
    forward(layer, 3);
    note();
  });
});

test("dense steps, and such with zeros in the gradient alone", () => {
  same((layer, note) => {
    for (const seed of [1, 2]) {
      step(layer, seed, 0, 1);
      note();
      const { session, gradA } = layer;
      for (let i = 0; i < gradA.length; i++) if (i % 3) gradA[i] = 0;
      session.push(gradA);
      backward(layer);
      sgd(layer, 0.5);
      forward(layer);
      note();
    }
  });
});

test("a gradient is added to", () => {
  same((layer, note) => {
    step(layer, 1, 0);
    for (const from of [1, 2]) {
      bring(layer, from, from);
      backward(layer, 1);
      sgd(layer);
      forward(layer);
      note();
    }
  });
});

test("a gradient that is added to before anything was written over it", () => {
  same((layer) => {
    bring(layer, 1);
    forward(layer);
    backward(layer, 1);
  });
});

test.each([
  ["with decay", 0.25, 0.125],
  ["with a negative rate", -0.25, 0],
  ["with an infinite rate", Number.POSITIVE_INFINITY, 0],
])("sgd %s", (_, rate, decay) => {
  same((layer, note) => {
    step(layer, 1, 0);
    bring(layer, 2, 1);
    forward(layer);
    backward(layer);
    sgd(layer, rate, decay);
    forward(layer);
    note();
  });
});

test("other updates, between steps of sgd", () => {
  same((layer, note) => {
    const { W, gradW, momentum } = layer;
    step(layer, 1, 0);
    called(layer, "sgdMomentum", W, gradW, momentum, 0.5, 0.5, 0);
    forward(layer);
    note();
    called(layer, "addScaled", gradW, W, 0.5);
    sgd(layer);
    forward(layer);
    note();
    step(layer, 2, 1);
    note();
  });
});

test("a gradient that sgd itself has updated is not zero where it was", () => {
  same((layer) => {
    const { W, gradW } = layer;
    step(layer, 1, 0);
    called(layer, "sgd", gradW, W, 0.5, 0);
    bring(layer, 2, 1);
    backward(layer);
    sgd(layer);
  });
});

test("two gradients in turn", () => {
  same((layer, note) => {
    const { session, momentum, gradA, x } = layer;
    step(layer, 1, 0);
    for (const from of [1, 2]) {
      bring(layer, from, from, 4);
      session.tn(momentum, gradA, x, UNITS, INPUTS, ROWS, 0);
      bring(layer, from + 1, 0, 5);
      for (let i = 0; i < 2; i++) {
        backward(layer);
        sgd(layer);
      }
      called(layer, "sgd", layer.W, momentum, 0.5, 0);
      forward(layer);
      note();
    }
  });
});

test("a part of the weights, element by element", () => {
  same((layer) => {
    const { W } = layer;
    step(layer, 1, 0);
    called(layer, "multiply", W, W, W, 100);
    forward(layer);
  });
});

test("a kernel whose numbers belong to their places, and one that sums", () => {
  same((layer) => {
    const { W, gradW, momentum } = layer;
    step(layer, 1, 0);
    called(layer, "drawMask", gradW, UNITS * INPUTS, 0.5, 1, 2, 3);
    called(layer, "clipToNorm", W, momentum, 1);
  });
});

test("a definition without a kernel reads rows, and writes rows", () => {
  same((layer, note) => {
    const { session, W, gradW } = layer;
    step(layer, 1, 0);
    session.call(
      (w: FloatArray, g: FloatArray) => {
        for (let i = 0; i < w.length; i++) w[i]! += i * g[i]!;
      },
      W,
      gradW,
    );
    forward(layer);
    note();
    step(layer, 2, 1);
  });
});

test("a view of weights is read, and written, in rows", () => {
  same((layer, note) => {
    const { session, W, gradX } = layer;
    bring(layer, 1);
    forward(layer);
    const part = W.subarray(INPUTS, 3 * INPUTS);
    session.pull(part);
    gradX.set(part);
    part.fill(0.5);
    session.push(part);
    forward(layer);
    note();
    called(layer, "multiply", part, part, part, part.length);
    forward(layer);
    note();
  });
});

test("the weights as an operand of a product in rows, and as its result", () => {
  same((layer, note) => {
    const { session, W, gradA, gradX, gradW, x } = layer;
    step(layer, 1, 0);
    session.nn(gradX, gradA, W, ROWS, INPUTS, UNITS);
    note();
    step(layer, 2, 1);
    session.nn(gradW, W, x, UNITS, ROWS, INPUTS);
    step(layer, 3, 2);
    note();
  });
});

test("both operands of a product", () => {
  const layer = open();
  const rows = open();
  for (const { session, W } of [layer, rows]) {
    for (let i = 0; i < W.length; i++) W[i] = number(i, 1);
    session.push(W);
  }
  settle(rows);
  for (const { session, gradW, W } of [layer, rows]) session.nt(gradW, W, W, UNITS, UNITS, INPUTS);
  for (const { session, gradW } of [layer, rows]) session.pull(gradW);
  expect(layer.gradW).toEqual(rows.gradW);
});

test("written weights are those, whatever lay there", () => {
  same((layer, note) => {
    const { session, W } = layer;
    step(layer, 1, 0);
    for (let i = 0; i < W.length; i++) W[i] = number(i, 9);
    session.push(W);
    forward(layer);
    note();
    step(layer, 2, 1);
  });
});

test("the same numbers as a matrix of another shape", () => {
  same((layer, note) => {
    const { session, W, b, gradW, a, x, gradA } = layer;
    step(layer, 1, 0);
    forward(layer);
    session.nt(a, x, W, 10, 64, 48, b);
    note();
    session.nt(a, x, W, 10, 96, 64);
    note();
    session.tn(gradW, gradA, x, 96, 64, 12, 0);
    forward(layer);
    note();
  });
});

test.each([
  ["the weights", 1e38],
  ["NaN", Number.NaN],
  ["infinities", Number.POSITIVE_INFINITY],
])("an update that overflows is not hidden behind zeros: %s", (_, value) => {
  same((layer, note) => {
    step(layer, 1, 0);
    const { session, gradA } = layer;
    bring(layer, 2, 0);
    gradA.fill(value);
    session.push(gradA);
    forward(layer);
    backward(layer);
    sgd(layer, 1e3);
    bring(layer, 3, 1);
    forward(layer);
    note();
  });
});

test.each([
  ["sgd with decay", (layer: Layer): void => sgd(layer, 1e30, 1e30)],
  [
    "another update",
    (layer: Layer): void => called(layer, "scale", layer.W, Number.POSITIVE_INFINITY),
  ],
  [
    "a gradient in their place",
    ({ session, W, gradA, x }: Layer): void => {
      gradA.fill(1e38);
      session.push(gradA);
      session.tn(W, gradA, x, UNITS, INPUTS, ROWS, 0);
    },
  ],
])("weights that are not finite any more, after %s, are not hidden behind zeros", (_, change) => {
  same((layer, note) => {
    step(layer, 1, 0);
    forward(layer);
    change(layer);
    bring(layer, 3, 1);
    forward(layer);
    note();
  });
});

test.each([1, 2])("steps of more rows and fewer, on %i threads", (threads) => {
  same((layer, note) => {
    for (const [seed, rows] of [20, 40, 32, 17, 40].entries()) {
      step(layer, seed, seed % 3, 4, rows);
      note();
    }
  }, threads);
});

test("weights that are not finite where no input is used", () => {
  same((layer, note) => {
    const { session, W } = layer;
    bring(layer, 1, 0, 1);
    forward(layer);
    session.pull(W);
    W[2] = Number.NaN;
    session.push(W);
    forward(layer); // by tiles
    note();
    for (const seed of [1, 2, 3]) {
      step(layer, seed, 0);
      note();
    }
  });
});

test.each([0, 5, 10, 15, 63])("an update that overflows in unit %i alone", (unit) => {
  same((layer, note) => {
    step(layer, 1, 0);
    const { session, gradA } = layer;
    bring(layer, 2, 0);
    for (let r = 0; r < MOST; r++) gradA[r * UNITS + unit] = 1e38;
    session.push(gradA);
    backward(layer);
    sgd(layer, 1e3);
    bring(layer, 3, 1);
    forward(layer);
    note();
  });
});

test("what was needed in rows lies in rows for good", () => {
  const layer = open();
  const { session, W } = layer;
  begin(layer);
  bring(layer, 1);
  forward(layer);
  session.call((() => {}) as Definition<FloatArray[]>, W);
  const before = W.slice();
  forward(layer);
  expect(W).toEqual(before);
});

test("a kernel of a part, before the whole lies in panels and after", () => {
  same((layer, note) => {
    const { W } = layer;
    const part = W.subarray(0, 200);
    bring(layer, 1);
    for (let i = 0; i < 2; i++) {
      called(layer, "multiply", part, part, part, part.length);
      forward(layer);
      note();
    }
  });
});

test("an update one of whose operands has to lie in rows", () => {
  same((layer, note) => {
    const { session, W, gradW, momentum } = layer;
    step(layer, 1, 0);
    called(layer, "sgdMomentum", W, gradW, momentum, 0.5, 0.5, 0);
    session.call((() => {}) as Definition<FloatArray[]>, momentum);
    called(layer, "sgdMomentum", W, gradW, momentum, 0.5, 0.5, 0);
    forward(layer);
    note();
  });
});

test("the weights as the other operand of nt and tn, and as the result of nt", () => {
  for (const run of [
    ({ session, W, gradX, x }: Layer): void => session.nt(gradX, W, x, 20, 20, INPUTS),
    ({ session, W, gradX, x }: Layer): void => session.nt(gradX, x, x, 10, 10, INPUTS, W),
    ({ session, W, gradX, x }: Layer): void => session.nt(W, x, gradX, 20, 20, INPUTS),
    ({ session, W, gradX, x }: Layer): void => session.tn(gradX, W, x, 30, 30, 64, 0),
    ({ session, W, gradX, x }: Layer): void => session.tn(gradX, x, W, 30, 30, 64, 0),
    ({ session, W, gradX, x }: Layer): void => session.tn(W, gradX, x, 30, 30, 64, 0),
  ])
    same((layer, note) => {
      step(layer, 1, 0);
      run(layer);
      note();
    });
});

test("an operand that is elsewhere", () => {
  for (const run of [
    ({ session, W }: Layer, c: FloatArray): void => session.nt(c, W, W, 20, 20, INPUTS),
    ({ session, W }: Layer, c: FloatArray): void => session.nn(c, W, W, 20, 20, 20),
    ({ session, W }: Layer, c: FloatArray): void => session.tn(c, W, W, 20, 20, 20, 0),
  ]) {
    const results = [true, false].map((inRows) => {
      const layer = open();
      if (inRows) settle(layer);
      begin(layer);
      step(layer, 1, 0);
      const c = new Float32Array(400);
      run(layer, c);
      return c;
    });
    expect(results[0]).toEqual(results[1]);
  }
});

test("two matrices that overlap", () => {
  const results = [true, false].map((inRows) => {
    const layer = open();
    const { session, W, a, x } = layer;
    begin(layer);
    bring(layer, 1);
    const size = 64 * 64;
    const [one, two] = [W.subarray(0, size), W.subarray(64, size + 64)];
    const untagged = (() => {}) as Definition<FloatArray[]>;
    return [one, two, one].map((w) => {
      session.nt(a, x, w, 20, 64, 64);
      if (inRows) session.call(untagged, W);
      return a.slice();
    });
  });
  expect(results[0]).toEqual(results[1]);
});
