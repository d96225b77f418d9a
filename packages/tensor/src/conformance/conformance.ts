import type { Backend } from "../backend.ts";
import type { Check } from "./check.ts";
import { definitionChecks } from "./definition-checks.ts";
import type { Tolerance } from "./expect-close.ts";
import { memoryChecks } from "./memory-checks.ts";
import { numbers, wildNumbers } from "./numbers.ts";
import { orderChecks } from "./order-checks.ts";
import { ownCalls } from "./own-calls.ts";
import { productChecks } from "./product-checks.ts";
import type { RecordedCall } from "./recorded-calls.ts";

/** How a backend is checked, where it departs from the defaults. */
export interface ConformanceOptions {
  /** Calls of definitions of other packages, and of your own, as `recordedCalls` notes them. None unless told. */
  readonly calls?: readonly RecordedCall[];
  /** How far a definition's results may be off. A relative 2e-6 and an absolute 3e-7 unless told. */
  readonly tolerance?: Tolerance;
}

const sizes: readonly (readonly [rows: number, columns: number])[] = [
  [1, 1],
  [1, 7],
  [5, 1],
  [3, 10],
  [8, 16],
  [7, 37],
];

/**
 * Everything that a backend promises, check by check, for a test runner of your choice.
 *
 * In float32: how memory is laid out and sealed; the three products, over odd sizes, empty ones, NaN and
 * infinities; the definitions of this package, and of others as far as `calls` has them, against the
 * definitions as they stand; that nothing else is written to; that all is still so after some thousand
 * calls; that operations in any order, over weights that the host writes and reads amid them, compute what they do on
 * the reference.
 *
 * @returns The checks. None depends on another.
 * @example
 * import { reference } from "@feedforward/tensor";
 * import { conformance } from "@feedforward/tensor/conformance";
 *
 * const broken: string[] = [];
 * for (const { name, run } of conformance(reference))
 *   await run().catch((error: Error) => broken.push(`${name}: ${error.message}`));
 * broken // => []
 */
export function conformance(
  backend: Backend,
  { calls = [], tolerance = { relative: 2e-6, absolute: 3e-7 } }: ConformanceOptions = {},
): readonly Check[] {
  const own = sizes.flatMap(([rows, columns]) => [
    ...ownCalls(rows, columns, numbers),
    ...ownCalls(rows, columns, wildNumbers, "of NaN, infinities and extremes"),
  ]);
  return [
    ...memoryChecks(backend),
    ...productChecks(backend),
    ...definitionChecks(backend, [...own, ...calls], tolerance),
    ...orderChecks(backend, calls),
  ];
}
