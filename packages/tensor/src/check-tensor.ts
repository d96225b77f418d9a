import type { Dtype } from "./backend.ts";
import { dtypeOf } from "./float-array.ts";
import { ShapeError } from "./shape-error.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Throws unless `x` is a tensor of `rank` axes whose data fit its shape; returns its dtype.
 *
 * Constant time: the entries are not looked at. `caller` and `name` are for the message.
 */
export function checkTensor(caller: string, name: string, x: Tensor, rank: number): Dtype {
  const dtype = dtypeOf(x?.data);
  if (!dtype || !Array.isArray(x.shape))
    throw new TypeError(
      `${caller}() expects ${name} as { shape, data } of floats, but ${name} is ${kindOf(x)}: ` +
        "make tensors with matrix(), vector(), tensor() or zeros()",
    );
  if (x.shape.length !== rank)
    throw new ShapeError(
      `${caller}() expects ${name} of rank ${rank}, but ${name} is [${x.shape.join(", ")}]`,
    );
  const length = x.shape.reduce((product, size) => product * size, 1);
  if (x.data.length !== length)
    throw new ShapeError(
      `${caller}() expects ${name} of [${x.shape.join(", ")}] to hold ${length} entries, ` +
        `but its data hold ${x.data.length}`,
    );
  return dtype;
}

function kindOf(x: unknown): string {
  if (x === null || typeof x !== "object") return String(x);
  return "data" in x ? `{ data: ${x.data?.constructor.name} }` : x.constructor.name;
}
