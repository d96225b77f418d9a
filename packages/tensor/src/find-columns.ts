import type { Definition, FloatArray } from "./backend.ts";
import { define } from "./define.ts";

/**
 * Finds the columns of x[rows,columns] that are not zero in every row: images have margins that are zero
 * in a whole mini-batch. Four neighbours are taken together, from the first that is not.
 *
 * list = [how many columns the fours have, where each four begins]; what is left of its `columns` + 1
 * places becomes 0. The last four is shorter where the row ends. NaN is not zero. Nothing is checked.
 *
 * @see `gatherColumns` and `scatterColumns`, which read such a list.
 * @example
 * const list = new Int32Array(9);
 * findColumns(list, Float32Array.of(0, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 4), 2, 8);
 * [...list] // => [5, 1, 7, 0, 0, 0, 0, 0, 0]
 */
export const findColumns: Definition<
  [list: Int32Array, x: FloatArray, rows: number, columns: number]
> = define("findColumns", (list, x, rows, columns) => {
  let [found, fours, end] = [0, 0, 0];
  for (let j = 0; j < columns; j++) {
    if (j < end) continue;
    let i = 0;
    while (i < rows && x[i * columns + j] === 0) i++;
    if (i === rows) continue;
    list[++fours] = j;
    end = Math.min(j + 4, columns);
    found += end - j;
  }
  list[0] = found;
  list.fill(0, fours + 1, columns + 1);
});
