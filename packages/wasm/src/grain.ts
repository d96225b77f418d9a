/** From when on work is worth a second thread, and into what it is cut. */
export interface Grain {
  /** The floats of the greatest buffer of a run that gets threads at all. */
  readonly floats: number;
  /** Multiplications of a product. */
  readonly multiplications: number;
  /** The fewest columns that a thread is given of a product. */
  readonly columns: number;
  /** Elements of an element-wise kernel; a multiple of 16 in a chunk, so that masks stay the same. */
  readonly elements: number;
  readonly chunk: number;
}

/** A product of 8 million multiplications takes 300 us, and sharing work some 5 us. */
export const usualGrain: Grain = {
  floats: 200_000,
  multiplications: 8_000_000,
  columns: 64,
  elements: 131_072,
  chunk: 16_384,
};
