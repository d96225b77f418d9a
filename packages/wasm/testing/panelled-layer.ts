import type { Definition, FloatArray, Session } from "@feedforward/tensor";
import { expect } from "vitest";
import { machineOf } from "../src/machine.ts";
import { backendOf } from "../src/wasm.ts";

// The steps of a layer whose weights lie in panels, against those of one whose weights have to lie in rows.

export const UNITS = 64;
export const INPUTS = 96;
export const ROWS = 20;
export const MOST = 40;
/** On two threads, which share products of 40 rows, and none of 20. */
const grain = { floats: 0, multiplications: 150_000, columns: 8, elements: 1e9, chunk: 16 };

export interface Layer {
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

export const number = (i: number, seed: number): number =>
  (((i * 7919 + seed * 104729) % 2003) - 1001) / 512;

/** A session for a layer; nothing lies in panels after `settle`. */
export function open(threads = 1): Layer {
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
export function called({ session }: Layer, kernel: string, ...args: (FloatArray | number)[]): void {
  let definition = definitions.get(kernel);
  if (!definition) {
    definition = Object.assign((): void => {}, { kernel: [kernel] as const });
    definitions.set(kernel, definition);
  }
  session.call(definition, ...args);
}

export const forward = ({ session, a, x, W, b }: Layer, rows: number = ROWS): void =>
  session.nt(a, x, W, rows, UNITS, INPUTS, b);
export const backward = (
  { session, gradW, gradA, x }: Layer,
  beta: 0 | 1 = 0,
  rows: number = ROWS,
): void => session.tn(gradW, gradA, x, UNITS, INPUTS, rows, beta);
export const sgd = (layer: Layer, rate = 0.25, decay = 0): void =>
  called(layer, "sgd", layer.W, layer.gradW, rate, decay);

/** Inputs that are 0 but for some: those from `from`, every `every`-th. */
export function bring({ session, x, gradA }: Layer, seed: number, from = 0, every = 3): void {
  for (let i = 0; i < x.length; i++) {
    const input = i % INPUTS;
    x[i] = input >= from && (input - from) % every === 0 ? number(i, seed) : 0;
  }
  for (let i = 0; i < gradA.length; i++) gradA[i] = number(i, seed + 1);
  session.push(x, gradA);
}

/** Begins with weights, and whatever a gradient holds. */
export function begin(layer: Layer): void {
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
export function settle(layer: Layer): void {
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

export const same = (scenario: (layer: Layer, note: () => void) => void, threads = 1): void => {
  const [panels, rows] = [false, true].map((inRows) => outcome(inRows, scenario, threads)) as [
    number[][],
    number[][],
  ];
  const differing = panels.map((x, i) => x.filter((value, j) => !Object.is(value, rows[i]![j])));
  expect(differing.map(({ length }) => length)).toEqual(panels.map(() => 0));
};

/** A step of a batch with other inputs in use than the last. */
export function step(
  layer: Layer,
  seed: number,
  from: number,
  every?: number,
  rows: number = ROWS,
): void {
  bring(layer, seed, from, every);
  forward(layer, rows);
  backward(layer, 0, rows);
  sgd(layer);
}
