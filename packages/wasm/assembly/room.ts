const MOST: usize = 393216; // bytes: with the panels under way, half of a second cache of 1 MB
const TOGETHER: usize = 1280000; // bytes: with those panels, below 2 MB on 8 threads
const LEAST: usize = 34816; // bytes: 32 rows of a block of a sparse product, and their lists

/** How many bytes of A, or of what stands in its place, a product packs at a time. */
export let room: usize = MOST;

/** Has each of so many threads pack less, where all of them would take too much. */
export function shareRoom(threads: usize): void {
  room = max(LEAST, min(MOST, TOGETHER / threads));
}
