import { transpose } from "./pack";
import { room } from "./room";
import { PLACES_BYTES } from "./zeros";

/**
 * Each of the matrices x[count][rows, columns] becomes its transpose, in place; false, and nothing is done, where
 * there is no room for one.
 */
export function transposeEach(x: usize, count: usize, rows: usize, columns: usize, scratch: usize): bool {
  const bytes = (rows * columns) << 2;
  if (bytes > room) return false;
  for (; count > 0; count--) {
    transpose(scratch + PLACES_BYTES, rows << 2, x, columns << 2, rows, columns);
    memory.copy(x, scratch + PLACES_BYTES, bytes);
    x += bytes;
  }
  return true;
}
