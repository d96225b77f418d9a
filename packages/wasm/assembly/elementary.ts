import { madd } from "./lanes";

// exp, expm1 of what is not positive, log, log1p of [0, 1], tanh and the logistic function, four at a
// time: at most 2 units in the last place, right at the ends, NaN stays NaN. (pmin and pmax give their
// first argument where the comparison with NaN fails, so x comes first.)
// Polynomials: Moshier, Cephes mathematical library, single precision.

const LOG2_E: f32 = 1.44269504088896341;
const LN2_HIGH: f32 = 0.693359375; // few bits, so that its product with a whole number is exact
const LN2_LOW: f32 = -2.12194440e-4;

// @ts-ignore: decorator
@inline
function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** 2^n for whole n in [-126, 127]. */
// @ts-ignore: decorator
@inline
function powerOf2(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2. */
// @ts-ignore: decorator
@inline
function expTail(r: v128): v128 {
  let p = splat(1.9875691500e-4);
  p = madd(p, r, splat(1.3981999507e-3));
  p = madd(p, r, splat(8.3334519073e-3));
  p = madd(p, r, splat(4.1665795894e-2));
  p = madd(p, r, splat(1.6666665459e-1));
  return madd(p, r, splat(5.0000001201e-1));
}

/** x - n ln(2), with ln(2) in two parts. */
// @ts-ignore: decorator
@inline
function reduced(x: v128, n: v128): v128 {
  return madd(n, splat(-LN2_LOW), madd(n, splat(-LN2_HIGH), x));
}

/** e^x: Infinity above 88.72, subnormal below -87.33, 0 below -103.97. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, splat(-105)), splat(90));
  const n = f32x4.nearest(f32x4.mul(x, splat(LOG2_E)));
  const r = reduced(x, n);
  const y = f32x4.add(madd(f32x4.mul(r, r), expTail(r), r), splat(1));
  // 2^n in two factors: the first product is exact, the second rounds once, into Infinity or the subnormals.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(y, powerOf2(half)), powerOf2(i32x4.sub(whole, half)));
}

/** e^x - 1 for x <= 0, without cancellation near 0. */
// @ts-ignore: decorator
@inline
export function expm1OfNegative4(x: v128): v128 {
  const inside = f32x4.pmax(x, splat(-18)); // e^-18 is below half a unit of 1
  const n = f32x4.nearest(f32x4.mul(inside, splat(LOG2_E)));
  const r = reduced(inside, n);
  const y = madd(f32x4.mul(r, r), expTail(r), r);
  const scale = powerOf2(i32x4.trunc_sat_f32x4_s(n));
  return madd(scale, y, f32x4.sub(scale, splat(1))); // 2^n (1 + y) - 1
}

/** log x: -Infinity at 0, NaN below. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const tiny = f32x4.lt(x, splat(1.17549435e-38));
  const normal = v128.bitselect(f32x4.mul(x, splat(8388608)), x, tiny); // a subnormal times 2^23
  const shifted = i32x4.add(normal, i32x4.splat(0x3f800000 - 0x3f3504f3));
  const exponent = i32x4.sub(i32x4.shr_s(shifted, 23), i32x4.splat(127));
  const n = f32x4.sub(f32x4.convert_i32x4_s(exponent), v128.and(tiny, splat(23)));
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const f = f32x4.sub(mantissa, splat(1)); // the mantissa is in [sqrt(1/2), sqrt(2))
  const square = f32x4.mul(f, f);
  let p = splat(7.0376836292e-2);
  p = madd(p, f, splat(-1.1514610310e-1));
  p = madd(p, f, splat(1.1676998740e-1));
  p = madd(p, f, splat(-1.2420140846e-1));
  p = madd(p, f, splat(1.4249322787e-1));
  p = madd(p, f, splat(-1.6668057665e-1));
  p = madd(p, f, splat(2.0000714765e-1));
  p = madd(p, f, splat(-2.4999993993e-1));
  p = madd(p, f, splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, f), square);
  y = madd(n, splat(LN2_LOW), y);
  y = madd(square, splat(-0.5), y);
  y = madd(n, splat(LN2_HIGH), f32x4.add(f, y));
  const infinite = f32x4.eq(x, splat(Infinity));
  y = v128.bitselect(x, y, v128.or(infinite, f32x4.ne(x, x)));
  y = v128.bitselect(splat(-Infinity), y, f32x4.eq(x, splat(0)));
  return v128.bitselect(splat(NaN), y, f32x4.lt(x, splat(0)));
}

/** log(1 + x) for x in [0, 1]: what the sum lost in rounding is put back. */
// @ts-ignore: decorator
@inline
export function log1p4(x: v128): v128 {
  const u = f32x4.add(x, splat(1));
  const lost = f32x4.sub(x, f32x4.sub(u, splat(1)));
  return f32x4.add(log4(u), f32x4.div(lost, u));
}

/** tanh x: an odd polynomial below 0.625, 1 - 2 / (e^2x + 1) above. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  let p = splat(-5.70498872745e-3);
  p = madd(p, square, splat(2.06390887954e-2));
  p = madd(p, square, splat(-5.37397155531e-2));
  p = madd(p, square, splat(1.33314422036e-1));
  p = madd(p, square, splat(-3.33332819422e-1));
  const near = madd(f32x4.mul(p, square), x, x);
  const e = exp4(f32x4.add(magnitude, magnitude));
  const far = f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(e, splat(1))));
  const y = v128.bitselect(far, near, f32x4.ge(magnitude, splat(0.625)));
  return v128.or(y, v128.and(x, i32x4.splat(0x80000000)));
}

/** 1 / (1 + e^-x), from e^-|x| so that neither end is lost: 1 - e / (1 + e), or e times that. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const y = f32x4.div(e, f32x4.add(e, splat(1)));
  const factor = v128.bitselect(e, splat(1), f32x4.lt(x, splat(0)));
  return f32x4.sub(factor, f32x4.mul(factor, y)); // without the sum's rounding where e is small
}

/** out[i] = e^x[i], for a count that is a multiple of four: what the worst error is measured on. */
export function exp(out: usize, x: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) v128.store(out + i, exp4(v128.load(x + i)));
}

/** out[i] = log x[i], the same. */
export function log(out: usize, x: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count << 2; i += 16) v128.store(out + i, log4(v128.load(x + i)));
}
