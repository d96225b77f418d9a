// Four floats at a time. Only what every kernel needs.

/** x y + z: rounded once in the fused variant, twice in the plain one. */
// @ts-ignore: decorator
@inline
export function madd(x: v128, y: v128, z: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, z);
  return f32x4.add(f32x4.mul(x, y), z);
}

/** The first `count` of four floats, for 0 < count < 4, at an address behind which there may be something else. */
export function storePart(to: usize, x: v128, count: i32): void {
  v128.store_lane<f32>(to, x, 0);
  if (count > 1) v128.store_lane<f32>(to, x, 1, 4);
  if (count > 2) v128.store_lane<f32>(to, x, 2, 8);
}

/** `count` floats and zeros behind them, for 0 < count < 4. */
export function loadPart(from: usize, count: i32): v128 {
  let x = v128.load_zero<f32>(from);
  if (count > 1) x = v128.load_lane<f32>(from, x, 1, 4);
  if (count > 2) x = v128.load_lane<f32>(from, x, 2, 8);
  return x;
}
