/**
 * The z below which a standard normal number lies with probability p, for 0 < p < 1.
 *
 * Rational approximations, right to about 1e-16 of the result. Only arithmetic and square roots, which
 * every engine rounds alike.
 *
 * @see Wichura, Algorithm AS 241: the percentage points of the normal distribution (1988), PPND16.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE[0], r)) / polynomial(CENTRE[1], r);
  }
  const r = Math.sqrt(-logarithm(q < 0 ? p : 1 - p));
  const [[numerator, denominator], from] = r <= 5 ? [MIDDLE, 1.6] : [TAIL, 5];
  const z = polynomial(numerator, r - from) / polynomial(denominator, r - from);
  return q < 0 ? -z : z;
}

/** ln x for 0 < x <= 1. ln x = n ln 2 + 2 artanh((m - 1) / (m + 1)), with x = m 2^n and m in [0.7, 1.4). */
function logarithm(x: number): number {
  let m = x;
  let n = 0;
  for (; m < 0.7; m *= 2) n--; // exact
  const s = (m - 1) / (m + 1);
  let series = 0;
  for (let k = 23; k >= 1; k -= 2) series = series * s * s + 1 / k;
  return n * Math.LN2 + 2 * s * series;
}

/** Horner's scheme; the coefficient of the constant comes first. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

type Rational = readonly [numerator: readonly number[], denominator: readonly number[]];

const CENTRE: Rational = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852546,
  ],
];

const MIDDLE: Rational = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
];

const TAIL: Rational = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
];
