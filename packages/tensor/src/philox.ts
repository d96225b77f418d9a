/**
 * Philox 4x32-10: four random 32-bit words out of a counter of four and a key of two.
 *
 * Integer arithmetic alone, so that every engine gives the same words, in any order.
 *
 * @see Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (2011); PyTorch's generator on GPUs.
 */
export function philox4x32(
  out: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let c0 = counter0;
  let c1 = counter1;
  let c2 = counter2;
  let c3 = counter3;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const high2 = multiplyHigh(0xcd9e8d57, c2);
    const low0 = Math.imul(0xd2511f53, c0);
    const low2 = Math.imul(0xcd9e8d57, c2);
    c0 = high2 ^ c1 ^ k0;
    c1 = low2;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of the product of two 32-bit integers, from products of their halves. */
function multiplyHigh(a: number, b: number): number {
  const lowHigh =
    (Math.imul(a & 0xffff, b & 0xffff) >>> 16) + (Math.imul(a >>> 16, b & 0xffff) >>> 0);
  const highLow = (lowHigh & 0xffff) + (Math.imul(a & 0xffff, b >>> 16) >>> 0);
  return Math.imul(a >>> 16, b >>> 16) + (lowHigh >>> 16) + (highLow >>> 16);
}
