/** Thrown where shapes or lengths do not fit; the message names the function, both shapes and the remedy. */
export class ShapeError extends RangeError {
  override readonly name = "ShapeError";
}
