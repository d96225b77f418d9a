import { exp4, log1p4, log4 } from "./elementary";
import { loadPart, storePart } from "./lanes";

// Mean loss and gradient. Terms are floats; their sum is a double, in the order of the elements.

// @ts-ignore: decorator
@inline
function log(x: f32): f32 {
  return f32x4.extract_lane(log4(f32x4.splat(x)), 0);
}

/** The greatest of `columns` floats, NaN if one is NaN. */
export function maxOf(a: usize, columns: i32): f32 {
  let greatest: f32 = -Infinity;
  for (let j = 0; j < columns; j++) greatest = max(greatest, load<f32>(a + (<usize>j << 2)));
  return greatest;
}

/** out[j] = e^(a[j] - shift); returns their sum. */
export function expOfRow(out: usize, a: usize, columns: i32, shift: f32): f32 {
  const by = f32x4.splat(shift);
  let sums = f32x4.splat(0);
  let count = columns;
  for (; count >= 4; count -= 4) {
    const e = exp4(f32x4.sub(v128.load(a), by));
    v128.store(out, e);
    sums = f32x4.add(sums, e);
    out += 16;
    a += 16;
  }
  let sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
  sum += f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
  if (count > 0) {
    storePart(out, exp4(f32x4.sub(loadPart(a, count), by)), count);
    for (let j = 0; j < count; j++) sum += load<f32>(out + (<usize>j << 2));
  }
  return sum;
}

export function softmaxCrossEntropyOfClasses(
  grad: usize, loss: usize, a: usize, y: usize, rows: i32, columns: i32, smoothing: f64,
): void {
  const spread = smoothing / <f64>columns;
  const kept = 1 - smoothing;
  const n = <f32>rows;
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const greatest = maxOf(a, columns);
    const sum = expOfRow(grad, a, columns, greatest);
    const logSum = <f64>log(sum);
    const right = load<i32>(y + (<usize>i << 2));
    for (let c = 0; c < columns; c++) {
      const at = <usize>c << 2;
      const target = c == right ? kept + spread : spread;
      if (target != 0) total += target * (<f64>greatest - <f64>load<f32>(a + at) + logSum);
      store<f32>(grad + at, (load<f32>(grad + at) / sum - <f32>target) / n);
    }
    grad += <usize>columns << 2;
    a += <usize>columns << 2;
  }
  store<f32>(loss, <f32>(total / <f64>rows));
}

export function softmaxCrossEntropyOfValues(
  grad: usize, loss: usize, a: usize, y: usize, rows: i32, columns: i32, smoothing: f64,
): void {
  const spread = smoothing / <f64>columns;
  const kept = 1 - smoothing;
  const n = <f64>rows;
  let total: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const greatest = maxOf(a, columns);
    const sum = <f64>expOfRow(grad, a, columns, greatest);
    const logSum = <f64>log(<f32>sum);
    let mass = smoothing; // the sum of the targets: 1, but for the rounding of y
    for (let c = 0; c < columns; c++) mass += kept * <f64>load<f32>(y + (<usize>c << 2));
    for (let c = 0; c < columns; c++) {
      const at = <usize>c << 2;
      const target = spread + kept * <f64>load<f32>(y + at);
      if (target != 0) total += target * (<f64>greatest - <f64>load<f32>(a + at) + logSum);
      store<f32>(grad + at, <f32>((mass * (<f64>load<f32>(grad + at) / sum) - target) / n));
    }
    grad += <usize>columns << 2;
    a += <usize>columns << 2;
    y += <usize>columns << 2;
  }
  store<f32>(loss, <f32>(total / n));
}

// @ts-ignore: decorator
@inline
function sigmoidCrossEntropy(classes: bool, grad: usize, loss: usize, a: usize, y: usize, count: i32): void {
  const n = f32x4.splat(<f32>count);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let total: f64 = 0;
  for (let left = count; left > 0; left -= 4) {
    const full = left >= 4;
    const x = full ? v128.load(a) : loadPart(a, left);
    let target = full ? v128.load(y) : loadPart(y, left);
    if (classes) target = f32x4.convert_i32x4_s(target);
    const size = f32x4.abs(x);
    const e = exp4(f32x4.neg(size));
    const negative = f32x4.lt(x, zero);
    const over = v128.bitselect(e, one, negative);
    const f = f32x4.div(over, f32x4.add(one, e));
    const g = f32x4.div(f32x4.sub(f, target), n);
    const missed = v128.bitselect(target, f32x4.sub(one, target), negative);
    const linear = v128.and(f32x4.mul(missed, size), f32x4.ne(missed, zero)); // 0, not NaN, of an infinite hit
    const term = f32x4.add(linear, log1p4(e));
    total += <f64>f32x4.extract_lane(term, 0);
    if (left > 1) total += <f64>f32x4.extract_lane(term, 1);
    if (left > 2) total += <f64>f32x4.extract_lane(term, 2);
    if (left > 3) total += <f64>f32x4.extract_lane(term, 3);
    if (full) v128.store(grad, g);
    else storePart(grad, g, left);
    grad += 16;
    a += 16;
    y += 16;
  }
  store<f32>(loss, <f32>(total / <f64>count));
}

export function sigmoidCrossEntropyOfClasses(
  grad: usize, loss: usize, a: usize, y: usize, rows: i32, columns: i32,
): void {
  sigmoidCrossEntropy(true, grad, loss, a, y, rows * columns);
}

export function sigmoidCrossEntropyOfValues(
  grad: usize, loss: usize, a: usize, y: usize, rows: i32, columns: i32,
): void {
  sigmoidCrossEntropy(false, grad, loss, a, y, rows * columns);
}

export function meanSquaredErrorOfValues(
  grad: usize, loss: usize, a: usize, y: usize, rows: i32, columns: i32,
): void {
  const count = rows * columns;
  let total: f64 = 0;
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    const residual = <f64>load<f32>(a + at) - <f64>load<f32>(y + at);
    total += residual * residual;
    store<f32>(grad + at, <f32>((2 * residual) / <f64>count));
  }
  store<f32>(loss, <f32>(total / <f64>count));
}

export function negativeLogLikelihoodOfClasses(
  grad: usize, loss: usize, f: usize, y: usize, rows: i32, columns: i32,
): void {
  let total: f64 = 0;
  memory.fill(grad, 0, <usize>(rows * columns) << 2);
  for (let i = 0; i < rows; i++) {
    const c = load<i32>(y + (<usize>i << 2));
    if (c < 0 || c >= columns) continue;
    const right = <usize>(i * columns + c) << 2;
    const probability = load<f32>(f + right);
    total -= <f64>log(probability);
    store<f32>(grad + right, -1 / probability / <f32>rows);
  }
  store<f32>(loss, <f32>(total / <f64>rows));
}
