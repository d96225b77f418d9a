/**
 * Thrown where shapes or lengths do not fit; the message names the function and both shapes.
 *
 * @example
 * new ShapeError("softmax() expects a of rank 2, but a is [3]").name // => "ShapeError"
 */
export class ShapeError extends RangeError {
  override readonly name = "ShapeError";
}
