import type { Dtype } from "./backend.ts";
import { dtypeOf } from "./float-array.ts";
import { ShapeError } from "./shape-error.ts";
import { size } from "./size.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Throws unless `x` is a tensor of `rank` axes (of any, where none is given) whose data fit its shape;
 * returns its dtype.
 *
 * Constant time: the entries are not looked at. `caller` and `name` are for the message.
 */
export function checkTensor(caller: string, name: string, x: Tensor, rank?: number): Dtype {
  const dtype = dtypeOf(x?.data);
  if (!dtype || !Array.isArray(x.shape))
    throw new TypeError(
      `${caller}() expects ${name} as { shape, data } of floats, but ${name} is ${kindOf(x)}: ` +
        "make tensors with matrix(), vector(), tensor() or zeros()",
    );
  if (rank !== undefined && x.shape.length !== rank)
    throw new ShapeError(
      `${caller}() expects ${name} of rank ${rank}, but ${name} is [${x.shape.join(", ")}]`,
    );
  checkShape(caller, name, x.shape);
  if (x.data.length !== size(x.shape))
    throw new ShapeError(
      `${caller}() expects ${name} of [${x.shape.join(", ")}] to hold ${size(x.shape)} entries, ` +
        `but its data hold ${x.data.length}`,
    );
  return dtype;
}

/** Throws unless every length in `shape` is a whole number of 0 or more. */
export function checkShape(caller: string, name: string, shape: readonly number[]): void {
  if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0))
    throw new RangeError(
      `${caller}() expects ${name} of whole lengths of 0 or more, but ${name} is [${shape.join(", ")}]`,
    );
}

/** The tensors that a function takes, by the names of its parameters, each with its rank. */
export type Operands = Readonly<Record<string, readonly [x: Tensor, rank?: number]>>;

/** Checks each of `operands` as `checkTensor` does, and that all are of one dtype; returns it. */
export function checkTensors(caller: string, operands: Operands): Dtype {
  let first: { readonly name: string; readonly dtype: Dtype } | undefined;
  for (const [name, [x, rank]] of Object.entries(operands)) {
    const dtype = checkTensor(caller, name, x, rank);
    first ??= { name, dtype };
    if (dtype !== first.dtype)
      throw new TypeError(
        `${caller}() expects ${name} of ${first.dtype}, the dtype of ${first.name}, but ${name} is ${dtype}`,
      );
  }
  return first?.dtype ?? "float32";
}

/** Throws unless `x` has the shape of `like`. */
export function checkSameShape(
  caller: string,
  name: string,
  x: Tensor,
  likeName: string,
  like: Tensor,
): void {
  if (
    x.shape.length === like.shape.length &&
    x.shape.every((length, i) => length === like.shape[i])
  )
    return;
  throw new ShapeError(
    `${caller}() expects ${name} of [${like.shape.join(", ")}], the shape of ${likeName}, but ${name} is [${x.shape.join(", ")}]`,
  );
}

/** What a value is, for a message. */
export function kindOf(x: unknown): string {
  if (typeof x === "string") return JSON.stringify(x);
  if (typeof x === "function") return "a function";
  if (x === null || typeof x !== "object") return String(x);
  if ("data" in x) return `{ data: ${kindOf(x.data)} }`;
  return x.constructor?.name ?? "Object";
}
