const Z = 1.959963984540054; // 97.5 % of a standard normal lies below

/**
 * The 95 % interval of a proportion, by Wilson's score: the p for which `successes` of `trials` is no surprise.
 *
 * (p + z^2 / 2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n), with p = successes / trials. Unlike
 * p -+ z sqrt(p (1 - p) / n), it stays within [0, 1], and is of use at 0 and 1.
 *
 * @see Wilson, Probable inference, the law of succession, and statistical inference, JASA 1927
 */
export function wilsonInterval(
  successes: number,
  trials: number,
): readonly [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const p = successes / trials;
  const share = (Z * Z) / trials;
  const centre = p + share / 2;
  const spread = Z * Math.sqrt((p * (1 - p)) / trials + share / (4 * trials));
  return [
    Math.max(0, (centre - spread) / (1 + share)),
    Math.min(1, (centre + spread) / (1 + share)),
  ];
}
