/**
 * The number of entries of a shape: the product of its lengths. Of [], a single number, it is 1.
 *
 * @example
 * size([2, 3]) // => 6
 */
export function size(shape: readonly number[]): number {
  let product = 1;
  for (const length of shape) product *= length;
  return product;
}
