import { loadPart, madd, storePart } from "./lanes";

// Updates of `count` parameters. What a step computes once is computed in doubles and rounded once.

// @ts-ignore: decorator
@inline
function get(from: usize, count: i32): v128 {
  return count >= 4 ? v128.load(from) : loadPart(from, count);
}

// @ts-ignore: decorator
@inline
function put(to: usize, x: v128, count: i32): void {
  if (count >= 4) v128.store(to, x);
  else storePart(to, x, count);
}

export function sgd(w: usize, g: usize, rate: f64, decay: f64, count: i32): void {
  const minusRate = f32x4.splat(<f32>-rate);
  const lambda = f32x4.splat(<f32>decay);
  for (; count > 0; count -= 4) {
    const weight = get(w, count);
    put(w, madd(minusRate, madd(lambda, weight, get(g, count)), weight), count);
    w += 16;
    g += 16;
  }
}

// @ts-ignore: decorator
@inline
function sgdWithMomentum(ahead: bool, w: usize, g: usize, u: usize, rate: f64, momentum: f64, decay: f64, count: i32): void {
  const minusRate = f32x4.splat(<f32>-rate);
  const mu = f32x4.splat(<f32>momentum);
  const lambda = f32x4.splat(<f32>decay);
  for (; count > 0; count -= 4) {
    const grad = get(g, count);
    const weight = get(w, count);
    const next = madd(mu, get(u, count), grad);
    put(u, next, count);
    const direction = ahead ? madd(mu, next, grad) : next;
    put(w, madd(minusRate, madd(lambda, weight, direction), weight), count);
    w += 16;
    g += 16;
    u += 16;
  }
}

export function sgdMomentum(w: usize, g: usize, u: usize, rate: f64, momentum: f64, decay: f64, count: i32): void {
  sgdWithMomentum(false, w, g, u, rate, momentum, decay, count);
}

export function sgdNesterov(w: usize, g: usize, u: usize, rate: f64, momentum: f64, decay: f64, count: i32): void {
  sgdWithMomentum(true, w, g, u, rate, momentum, decay, count);
}

// @ts-ignore: decorator
@inline
function decayedMean(mean: v128, kept: f64, x: v128): v128 {
  return madd(f32x4.splat(<f32>kept), mean, f32x4.mul(f32x4.splat(<f32>(1 - kept)), x));
}

// @ts-ignore: decorator
@inline
function decayedSquare(mean: v128, kept: f64, x: v128): v128 {
  return madd(f32x4.splat(<f32>kept), mean, f32x4.mul(f32x4.mul(f32x4.splat(<f32>(1 - kept)), x), x));
}

export function adam(
  w: usize, g: usize, m: usize, v: usize, beta1: f64, beta2: f64, stepSize: f64, rootCorrection2: f64,
  epsilon: f64, shrink: f64, count: i32,
): void {
  const size = f32x4.splat(<f32>stepSize);
  const scale = f32x4.splat(<f32>(1 / rootCorrection2));
  const floor = f32x4.splat(<f32>epsilon);
  const kept = f32x4.splat(<f32>shrink);
  for (; count > 0; count -= 4) {
    const grad = get(g, count);
    const mean = decayedMean(get(m, count), beta1, grad);
    const square = decayedSquare(get(v, count), beta2, grad);
    put(m, mean, count);
    put(v, square, count);
    const step = f32x4.div(f32x4.mul(size, mean), madd(f32x4.sqrt(square), scale, floor));
    put(w, f32x4.sub(f32x4.mul(kept, get(w, count)), step), count);
    w += 16;
    g += 16;
    m += 16;
    v += 16;
  }
}

export function adamScale(
  g: usize, m: usize, v: usize, beta1: f64, beta2: f64, correction1: f64, rootCorrection2: f64, epsilon: f64,
  count: i32,
): void {
  const size = f32x4.splat(<f32>(1 / correction1));
  const scale = f32x4.splat(<f32>(1 / rootCorrection2));
  const floor = f32x4.splat(<f32>epsilon);
  for (; count > 0; count -= 4) {
    const grad = get(g, count);
    const mean = decayedMean(get(m, count), beta1, grad);
    const square = decayedSquare(get(v, count), beta2, grad);
    put(m, mean, count);
    put(v, square, count);
    put(g, f32x4.div(f32x4.mul(size, mean), madd(f32x4.sqrt(square), scale, floor)), count);
    g += 16;
    m += 16;
    v += 16;
  }
}

// @ts-ignore: decorator
@inline
function traceOf(ahead: bool, g: usize, u: usize, momentum: f64, count: i32): void {
  const mu = f32x4.splat(<f32>momentum);
  for (; count > 0; count -= 4) {
    const grad = get(g, count);
    const next = madd(mu, get(u, count), grad);
    put(u, next, count);
    put(g, ahead ? madd(mu, next, grad) : next, count);
    g += 16;
    u += 16;
  }
}

export function trace(g: usize, u: usize, momentum: f64, count: i32): void {
  traceOf(false, g, u, momentum, count);
}

export function traceNesterov(g: usize, u: usize, momentum: f64, count: i32): void {
  traceOf(true, g, u, momentum, count);
}

export function addScaled(x: usize, y: usize, factor: f64, count: i32): void {
  const f = f32x4.splat(<f32>factor);
  for (; count > 0; count -= 4) {
    put(x, madd(f, get(y, count), get(x, count)), count);
    x += 16;
    y += 16;
  }
}

export function scale(x: usize, factor: f64, count: i32): void {
  const f = f32x4.splat(<f32>factor);
  for (; count > 0; count -= 4) {
    put(x, f32x4.mul(get(x, count), f), count);
    x += 16;
  }
}

export function clipToNorm(x: usize, norm: usize, maxNorm: f64, count: i32): void {
  scale(x, min<f64>(1, maxNorm / (<f64>load<f32>(norm) + 1e-6)), count);
}
