import type { Backend } from "../backend.ts";
import { reference } from "../reference.ts";
import type { Check } from "./check.ts";
import { expectClose, type Tolerance } from "./expect-close.ts";
import { wildNumbers } from "./numbers.ts";
import { type Kind, kinds, type Operands, operandsOf, productOn, type Size } from "./product-on.ts";

/** Of products: odd ones, flat ones, empty ones, ones of more than a block. */
export const sizes: readonly Size[] = [
  [1, 1, 1],
  [1, 13, 5],
  [9, 1, 4],
  [4, 3, 1],
  [5, 10, 0],
  [0, 4, 4],
  [4, 0, 4],
  [32, 10, 128],
  [13, 41, 17],
  [17, 9, 600],
  [130, 7, 33],
  [250, 20, 500],
];
const wildSizes: readonly Size[] = [
  [7, 19, 5],
  [1, 3, 40],
];
const BROAD: Size = [66, 70, 131]; // enough to look for zeros
const OFTEN = 3000;

const reach = (k: number): Tolerance => ({ relative: 1e-5, absolute: 1e-6 * Math.sqrt(k + 1) });
const exact: Tolerance = { relative: 0, absolute: 0 };

/** NaN and the infinities, and 0 for any other number. */
const nonFinite = (x: Float32Array): Float32Array =>
  x.map((value) => (Number.isFinite(value) ? 0 : value));

/** One operand is 0 throughout, and the other is not finite in one place. */
const hiddenByZeros = (size: Size, k = size[2]): readonly Operands[] =>
  [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].flatMap((value) =>
    (["a", "b"] as const).flatMap((name) =>
      [5, k - 1, k + 5, 2 * k + 5, 3 * k + 5, -1].map((place) => {
        const { c, bias, ...from } = operandsOf(size);
        const zeros = { a: new Float32Array(from.a.length), b: new Float32Array(from.b.length) };
        return { c, bias, ...zeros, [name]: from[name].with(place, value) };
      }),
    ),
  );

/** The products of a backend, against those of the reference. */
export function productChecks(backend: Backend): Check[] {
  const compare = async (
    kind: Kind,
    size: Size,
    from: Operands,
    { of = (x: Float32Array) => x, tolerance = reach(size[2]), times = 1 } = {},
  ): Promise<void> => {
    const wanted = await productOn(reference, kind, size, from);
    const got = await productOn(backend, kind, size, from, times);
    expectClose(`C of ${kind}`, of(got), of(wanted), tolerance);
  };
  const only = { of: nonFinite, tolerance: exact };
  return (Object.keys(kinds) as Kind[]).flatMap((kind): Check[] => [
    ...sizes.map((size) => ({
      name: `${kind} computes its definition for ${size.join(" x ")}`,
      run: () => compare(kind, size, operandsOf(size)),
    })),
    ...wildSizes.map((size) => ({
      name: `${kind} lets NaN and infinities through, ${size.join(" x ")}`,
      run: () => compare(kind, size, operandsOf(size, wildNumbers), only),
    })),
    {
      name: `${kind} hides no NaN and no infinity behind zeros`,
      run: async () => {
        for (const from of hiddenByZeros(BROAD)) await compare(kind, BROAD, from, only);
      },
    },
    {
      name: `${kind} still computes its definition after ${OFTEN} times`,
      run: () => compare(kind, [13, 41, 17], operandsOf([13, 41, 17]), { times: OFTEN }),
    },
  ]);
}
