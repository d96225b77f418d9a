// Taylor's series to the first term below 1e-17 at π/4.
const cosSmall = (x: number): number => {
  const s = x * x;
  let sum = 0;
  for (let k = 16; k > 0; k -= 2) sum = (-s / (k * (k - 1))) * (1 + sum); // -s/2 + s²/24 - …
  return 1 + sum;
};
const sinSmall = (x: number): number => {
  const s = x * x;
  let sum = 0;
  for (let k = 17; k > 1; k -= 2) sum = (-s / (k * (k - 1))) * (1 + sum); // -s/6 + s²/120 - …
  return x + x * sum;
};

/**
 * cos(π t) for t in [0, 1], from arithmetic alone.
 *
 * `Math.cos` differs in the last bit between engines, and this reaches the weights. Within 1e-15 of
 * the true value, exact at 0, 1/2 and 1.
 */
export function cosPi(t: number): number {
  if (t > 0.5) return -cosPi(1 - t); // cos(π - x) = -cos x
  return t <= 0.25 ? cosSmall(Math.PI * t) : sinSmall(Math.PI * (0.5 - t)); // cos x = sin(π/2 - x)
}
