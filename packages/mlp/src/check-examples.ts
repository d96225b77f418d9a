import { type Examples, type Rows, ShapeError, type Targets } from "@feedforward/tensor";
import type { Loss } from "./loss.ts";
import type { Network } from "./network.ts";

/** Throws unless `x` can be the input of `net`: its columns, its length, and every number finite. */
export function checkRows(caller: string, name: string, net: Network, x: Rows): void {
  const data: unknown = x?.data;
  if (
    !Array.isArray(x?.shape) ||
    !(data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array)
  )
    throw new TypeError(
      `${caller}() expects ${name} as { shape: [rows, ${net.inputs}], data } with data in a Uint8Array, ` +
        `Float32Array or Float64Array, but ${name} is ${described(x)}`,
    );
  const [rows, columns] = x.shape;
  if (columns !== net.inputs || x.shape.length !== 2)
    throw new ShapeError(
      `${caller}() expects ${name} of [rows, ${net.inputs}], but ${name} is [${x.shape.join(", ")}]`,
    );
  if (data.length !== rows * columns)
    throw new ShapeError(
      `${caller}() expects ${name} of [${rows}, ${columns}] to have ${rows * columns} numbers, ` +
        `but ${name} has ${data.length}`,
    );
  if (data instanceof Uint8Array) return;
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      throw new RangeError(
        `${caller}() expects finite inputs, but row ${Math.floor(i / columns)}, column ${i % columns} ` +
          `of ${name} is ${data[i]}: remove the row or fill the gap`,
      );
}

/** Throws unless `net` and `loss` can work on `examples`. Reads every number once. */
export function checkExamples<Y extends Targets>(
  caller: string,
  name: string,
  net: Network,
  examples: Examples<Y>,
  loss: Loss<Y>,
): void {
  const { x, y } = examples;
  checkRows(caller, `${name}.x`, net, x);
  if (x.shape[0] === 0)
    throw new RangeError(`${caller}() expects at least one example, but ${name} has none`);
  loss.check(y, net.outputs);
  const rows = y instanceof Int32Array ? y.length : y.shape[0];
  if (rows !== x.shape[0])
    throw new ShapeError(
      `${caller}() expects a target for each of ${x.shape[0]} rows of ${name}.x, but ${name}.y has ${rows}`,
    );
  if (!(y instanceof Int32Array) && y.shape[1] !== net.outputs)
    throw new ShapeError(
      `${caller}() expects ${name}.y of [${rows}, ${net.outputs}], but ${name}.y is [${y.shape.join(", ")}]`,
    );
}

/** What stands where rows should: the kind of its data, or its own. */
function described(x: { readonly shape?: unknown; readonly data?: unknown } | undefined): string {
  if (x && Array.isArray(x.shape)) return `{ shape, data } with data in ${kindOf(x.data)}`;
  return kindOf(x);
}

const kindOf = (value: unknown): string =>
  value instanceof Object ? `${value.constructor.name}` : String(value);
