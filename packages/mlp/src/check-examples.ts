import { type Examples, type Rows, ShapeError, size, type Targets } from "@feedforward/tensor";
import type { Loss } from "./loss.ts";
import type { Network } from "./network.ts";
import { kindOf, refuse } from "./refuse.ts";

/** Throws unless `x` can be the input of `net`: its columns, its length, and every number finite. */
export function checkRows(caller: string, name: string, net: Network, x: Rows): void {
  const data: unknown = x?.data;
  const rightKind =
    Array.isArray(x?.shape) &&
    (data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array);
  const columns = net.inputs;
  if (!rightKind || x.shape.length !== 2 || x.shape[1] !== columns || data.length !== size(x.shape))
    refuse(
      rightKind ? ShapeError : TypeError,
      caller,
      `${name} as { shape: [rows, ${columns}], data: Uint8Array, Float32Array or Float64Array }`,
      `${name} is ${layoutOf(x)}`,
    );
  if (data instanceof Uint8Array) return;
  for (let i = 0; i < data.length; i++)
    if (!Number.isFinite(data[i]))
      refuse(
        RangeError,
        caller,
        "finite inputs",
        `row ${Math.floor(i / columns)}, column ${i % columns} of ${name} is ${data[i]}: ` +
          "remove the row or fill the gap",
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
  if (x.shape[0] === 0) refuse(RangeError, caller, "at least one example", `${name} has none`);
  loss.check(y, net.outputs);
  const rows = y instanceof Int32Array ? y.length : y.shape[0];
  if (rows !== x.shape[0])
    refuse(
      ShapeError,
      caller,
      `a target for each of ${x.shape[0]} rows of ${name}.x`,
      `${name}.y has ${rows}`,
    );
  if (!(y instanceof Int32Array) && y.shape[1] !== net.outputs)
    refuse(
      ShapeError,
      caller,
      `${name}.y of [${rows}, ${net.outputs}]`,
      `${name}.y is [${y.shape.join(", ")}]`,
    );
}

/** The shape and the array of rows, or what stands in their place. */
function layoutOf(x: Rows | undefined): string {
  if (!Array.isArray(x?.shape)) return kindOf(x);
  return `{ shape: [${x.shape.join(", ")}], data: ${kindOf(x.data)}(${x.data?.length}) }`;
}
