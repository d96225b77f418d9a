import type { Backend, FloatArray, Session } from "../backend.ts";
import { expectThat } from "./expect-close.ts";
import { type Make, numbers } from "./numbers.ts";

export type Size = readonly [m: number, n: number, k: number];

export interface Operands {
  readonly c: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  readonly bias: Float32Array;
}

type Run = (
  session: Session,
  operands: { readonly [name in keyof Operands]: FloatArray },
  size: Size,
) => void;

/** The products, with all that they take. */
export type Kind = "nt" | "nt with a bias" | "nn" | "tn" | "tn onto C";

export const kinds: Readonly<Record<Kind, Run>> = {
  nt: (s, { c, a, b }, [m, n, k]) => s.nt(c, a, b, m, n, k),
  "nt with a bias": (s, { c, a, b, bias }, [m, n, k]) => s.nt(c, a, b, m, n, k, bias),
  nn: (s, { c, a, b }, [m, n, k]) => s.nn(c, a, b, m, n, k),
  tn: (s, { c, a, b }, [m, n, k]) => s.tn(c, a, b, m, n, k, 0),
  "tn onto C": (s, { c, a, b }, [m, n, k]) => s.tn(c, a, b, m, n, k, 1),
};

/** Operands of a product of such a size, whatever its kind. */
export const operandsOf = ([m, n, k]: Size, make: Make = numbers): Operands => ({
  c: make(m * n, 1),
  a: make(m * k, 2),
  b: make(n * k, 3),
  bias: make(n, 4),
});

const AROUND = 3;
const MARK = 77;

/** C on a backend; around each operand lie others, which must stay as they were. */
export async function productOn(
  backend: Backend,
  kind: Kind,
  size: Size,
  from: Operands,
  times = 1,
): Promise<Float32Array> {
  const { session, buffers } = backend.open("float32", (zeros) => {
    const wide = (x: Float32Array): FloatArray => zeros(x.length + 2 * AROUND, "float");
    return { c: wide(from.c), a: wide(from.a), b: wide(from.b), bias: wide(from.bias) };
  });
  const all = Object.values(buffers);
  const inside = (x: FloatArray): FloatArray => x.subarray(AROUND, x.length - AROUND);
  const operands = {
    c: inside(buffers.c),
    a: inside(buffers.a),
    b: inside(buffers.b),
    bias: inside(buffers.bias),
  };
  for (const buffer of all) buffer.fill(MARK);
  for (let time = 0; time < times; time++) {
    for (const name of ["c", "a", "b", "bias"] as const) operands[name].set(from[name]);
    session.push(...all);
    kinds[kind](session, operands, size);
  }
  await session.pull(...all);
  for (const buffer of all)
    for (const part of [buffer.subarray(0, AROUND), buffer.subarray(-AROUND)])
      expectThat(
        part.every((x) => x === MARK),
        `${kind} is to write into C alone, but has written beside an operand`,
      );
  return Float32Array.from(operands.c);
}
