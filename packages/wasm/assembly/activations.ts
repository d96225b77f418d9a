import { exp4, expm1OfNegative4, log1p4, sigmoid4, tanh4 } from "./elementary";
import { loadPart, storePart } from "./lanes";

// h = g(a) and grad *= g'(a), the first `count` elements. `which` is a constant wherever it is inlined.

const LINEAR = 0;
const SIGMOID = 1;
const TANH = 2;
const RELU = 3;
const LEAKY_RELU = 4;
const ELU = 5;
const SOFTPLUS = 6;

// @ts-ignore: decorator
@inline
function valueOf(which: i32, a: v128, c: v128): v128 {
  if (which == SIGMOID) return sigmoid4(a);
  if (which == TANH) return tanh4(a);
  if (which == RELU) return f32x4.add(f32x4.pmax(a, f32x4.splat(0)), f32x4.splat(0)); // -0 + 0 = 0
  if (which == LEAKY_RELU) return v128.bitselect(a, f32x4.mul(c, a), f32x4.gt(a, f32x4.splat(0)));
  if (which == ELU) return v128.bitselect(a, f32x4.mul(c, expm1OfNegative4(a)), f32x4.gt(a, f32x4.splat(0)));
  if (which == SOFTPLUS)
    return f32x4.add(f32x4.pmax(a, f32x4.splat(0)), log1p4(exp4(f32x4.neg(f32x4.abs(a)))));
  return a;
}

// @ts-ignore: decorator
@inline
function slopeOf(which: i32, a: v128, h: v128, c: v128): v128 {
  const one = f32x4.splat(1);
  if (which == SIGMOID) return f32x4.mul(h, f32x4.sub(one, h));
  if (which == TANH) return f32x4.sub(one, f32x4.mul(h, h));
  if (which == RELU) return v128.andnot(one, f32x4.le(a, f32x4.splat(0)));
  if (which == LEAKY_RELU) return v128.bitselect(one, c, f32x4.gt(a, f32x4.splat(0)));
  if (which == ELU) return v128.bitselect(one, f32x4.mul(c, exp4(a)), f32x4.gt(a, f32x4.splat(0)));
  if (which == SOFTPLUS) return sigmoid4(a);
  return one;
}

// @ts-ignore: decorator
@inline
function activate(which: i32, h: usize, a: usize, count: i32, constant: f32): void {
  const c = f32x4.splat(constant);
  for (; count >= 4; count -= 4) {
    v128.store(h, valueOf(which, v128.load(a), c));
    h += 16;
    a += 16;
  }
  if (count > 0) storePart(h, valueOf(which, loadPart(a, count), c), count);
}

// @ts-ignore: decorator
@inline
function backpropagate(which: i32, grad: usize, a: usize, h: usize, count: i32, constant: f32): void {
  const c = f32x4.splat(constant);
  for (; count >= 4; count -= 4) {
    v128.store(grad, f32x4.mul(v128.load(grad), slopeOf(which, v128.load(a), v128.load(h), c)));
    grad += 16;
    a += 16;
    h += 16;
  }
  if (count > 0)
    storePart(grad, f32x4.mul(loadPart(grad, count), slopeOf(which, loadPart(a, count), loadPart(h, count), c)), count);
}

export function linear(h: usize, a: usize, count: i32): void {
  memory.copy(h, a, <usize>count << 2);
}
export function sigmoid(h: usize, a: usize, count: i32): void {
  activate(SIGMOID, h, a, count, 0);
}
export function tanh(h: usize, a: usize, count: i32): void {
  activate(TANH, h, a, count, 0);
}
export function relu(h: usize, a: usize, count: i32): void {
  activate(RELU, h, a, count, 0);
}
export function leakyRelu(h: usize, a: usize, count: i32, slope: f32): void {
  activate(LEAKY_RELU, h, a, count, slope);
}
export function elu(h: usize, a: usize, count: i32, alpha: f32): void {
  activate(ELU, h, a, count, alpha);
}
export function softplus(h: usize, a: usize, count: i32): void {
  activate(SOFTPLUS, h, a, count, 0);
}

export function linearDerivative(grad: usize, a: usize, h: usize, count: i32): void {}
export function sigmoidDerivative(grad: usize, a: usize, h: usize, count: i32): void {
  backpropagate(SIGMOID, grad, a, h, count, 0);
}
export function tanhDerivative(grad: usize, a: usize, h: usize, count: i32): void {
  backpropagate(TANH, grad, a, h, count, 0);
}
export function reluDerivative(grad: usize, a: usize, h: usize, count: i32): void {
  backpropagate(RELU, grad, a, h, count, 0);
}
export function leakyReluDerivative(grad: usize, a: usize, h: usize, count: i32, slope: f32): void {
  backpropagate(LEAKY_RELU, grad, a, h, count, slope);
}
export function eluDerivative(grad: usize, a: usize, h: usize, count: i32, alpha: f32): void {
  backpropagate(ELU, grad, a, h, count, alpha);
}
export function softplusDerivative(grad: usize, a: usize, h: usize, count: i32): void {
  backpropagate(SOFTPLUS, grad, a, h, count, 0);
}
