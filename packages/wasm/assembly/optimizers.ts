import { loadPart, madd, storePart } from "./lanes";

// Updates of `count` parameters. What a step computes once is computed in doubles and rounded once.

//
// Each is written for the four at an address, or for the `part` of them that is left at the end: `part` is
// a constant, 4, in the loops.

// @ts-ignore: decorator
@inline
function get(from: usize, part: i32): v128 {
  return part == 4 ? v128.load(from) : loadPart(from, part);
}

// @ts-ignore: decorator
@inline
function put(to: usize, x: v128, part: i32): void {
  if (part == 4) v128.store(to, x);
  else storePart(to, x, part);
}

// @ts-ignore: decorator
@inline
export function sgdOf(w: usize, g: usize, minusRate: v128, lambda: v128, part: i32): v128 {
  const weight = get(w, part);
  const next = madd(minusRate, madd(lambda, weight, get(g, part)), weight);
  put(w, next, part);
  return next;
}

export function sgd(w: usize, g: usize, rate: f64, decay: f64, count: i32): void {
  const minusRate = f32x4.splat(<f32>-rate);
  const lambda = f32x4.splat(<f32>decay);
  let at = <usize>(count & ~3) << 2;
  if (count & 3) sgdOf(w + at, g + at, minusRate, lambda, count & 3);
  while (at > 0) {
    at -= 16;
    sgdOf(w + at, g + at, minusRate, lambda, 4);
  }
}

// @ts-ignore: decorator
@inline
function momentumOf(
  ahead: bool, w: usize, g: usize, u: usize, minusRate: v128, mu: v128, lambda: v128, part: i32,
): void {
  const grad = get(g, part);
  const weight = get(w, part);
  const next = madd(mu, get(u, part), grad);
  put(u, next, part);
  const direction = ahead ? madd(mu, next, grad) : next;
  put(w, madd(minusRate, madd(lambda, weight, direction), weight), part);
}

// @ts-ignore: decorator
@inline
function sgdWithMomentum(ahead: bool, w: usize, g: usize, u: usize, rate: f64, momentum: f64, decay: f64, count: i32): void {
  const minusRate = f32x4.splat(<f32>-rate);
  const mu = f32x4.splat(<f32>momentum);
  const lambda = f32x4.splat(<f32>decay);
  for (; count >= 4; count -= 4) {
    momentumOf(ahead, w, g, u, minusRate, mu, lambda, 4);
    w += 16;
    g += 16;
    u += 16;
  }
  if (count > 0) momentumOf(ahead, w, g, u, minusRate, mu, lambda, count);
}

export function sgdMomentum(w: usize, g: usize, u: usize, rate: f64, momentum: f64, decay: f64, count: i32): void {
  sgdWithMomentum(false, w, g, u, rate, momentum, decay, count);
}

export function sgdNesterov(w: usize, g: usize, u: usize, rate: f64, momentum: f64, decay: f64, count: i32): void {
  sgdWithMomentum(true, w, g, u, rate, momentum, decay, count);
}

/** The means of g and of its square that adam keeps, and its direction: size mean / (scale sqrt(square) + floor). */
// @ts-ignore: decorator
@inline
function directionOf(
  g: usize, m: usize, v: usize, beta1: f64, beta2: f64, size: v128, scale: v128, floor: v128, part: i32,
): v128 {
  const grad = get(g, part);
  const mean = madd(f32x4.splat(<f32>beta1), get(m, part), f32x4.mul(f32x4.splat(<f32>(1 - beta1)), grad));
  const share = f32x4.mul(f32x4.splat(<f32>(1 - beta2)), grad);
  const square = madd(f32x4.splat(<f32>beta2), get(v, part), f32x4.mul(share, grad));
  put(m, mean, part);
  put(v, square, part);
  return f32x4.div(f32x4.mul(size, mean), madd(f32x4.sqrt(square), scale, floor));
}

// @ts-ignore: decorator
@inline
function adamOf(
  w: usize, g: usize, m: usize, v: usize, beta1: f64, beta2: f64, size: v128, scale: v128, floor: v128,
  kept: v128, part: i32,
): void {
  const direction = directionOf(g, m, v, beta1, beta2, size, scale, floor, part);
  put(w, f32x4.sub(f32x4.mul(kept, get(w, part)), direction), part);
}

export function adam(
  w: usize, g: usize, m: usize, v: usize, beta1: f64, beta2: f64, stepSize: f64, rootCorrection2: f64,
  epsilon: f64, shrink: f64, count: i32,
): void {
  const size = f32x4.splat(<f32>stepSize);
  const scale = f32x4.splat(<f32>(1 / rootCorrection2));
  const floor = f32x4.splat(<f32>epsilon);
  const kept = f32x4.splat(<f32>shrink);
  for (; count >= 4; count -= 4) {
    adamOf(w, g, m, v, beta1, beta2, size, scale, floor, kept, 4);
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
  if (count > 0) adamOf(w, g, m, v, beta1, beta2, size, scale, floor, kept, count);
}

export function adamScale(
  g: usize, m: usize, v: usize, beta1: f64, beta2: f64, correction1: f64, rootCorrection2: f64, epsilon: f64,
  count: i32,
): void {
  const size = f32x4.splat(<f32>(1 / correction1));
  const scale = f32x4.splat(<f32>(1 / rootCorrection2));
  const floor = f32x4.splat(<f32>epsilon);
  for (; count >= 4; count -= 4) {
    put(g, directionOf(g, m, v, beta1, beta2, size, scale, floor, 4), 4);
    g += 16;
    m += 16;
    v += 16;
  }
  if (count > 0) put(g, directionOf(g, m, v, beta1, beta2, size, scale, floor, count), count);
}

// @ts-ignore: decorator
@inline
function traceOf(ahead: bool, g: usize, u: usize, mu: v128, part: i32): void {
  const grad = get(g, part);
  const next = madd(mu, get(u, part), grad);
  put(u, next, part);
  put(g, ahead ? madd(mu, next, grad) : next, part);
}

// @ts-ignore: decorator
@inline
function traces(ahead: bool, g: usize, u: usize, momentum: f64, count: i32): void {
  const mu = f32x4.splat(<f32>momentum);
  for (; count >= 4; count -= 4) {
    traceOf(ahead, g, u, mu, 4);
    g += 16;
    u += 16;
  }
  if (count > 0) traceOf(ahead, g, u, mu, count);
}

export function trace(g: usize, u: usize, momentum: f64, count: i32): void {
  traces(false, g, u, momentum, count);
}

export function traceNesterov(g: usize, u: usize, momentum: f64, count: i32): void {
  traces(true, g, u, momentum, count);
}

export function addScaled(x: usize, y: usize, factor: f64, count: i32): void {
  const f = f32x4.splat(<f32>factor);
  for (; count >= 4; count -= 4) {
    v128.store(x, madd(f, v128.load(y), v128.load(x)));
    x += 16;
    y += 16;
  }
  if (count > 0) put(x, madd(f, get(y, count), get(x, count)), count);
}

export function scale(x: usize, factor: f64, count: i32): void {
  const f = f32x4.splat(<f32>factor);
  for (; count >= 4; count -= 4) {
    v128.store(x, f32x4.mul(v128.load(x), f));
    x += 16;
  }
  if (count > 0) put(x, f32x4.mul(get(x, count), f), count);
}

export function clipToNorm(x: usize, norm: usize, maxNorm: f64, count: i32): void {
  scale(x, min<f64>(1, maxNorm / (<f64>load<f32>(norm) + 1e-6)), count);
}
