import { loadPart, storePart } from "./lanes";

export function multiply(out: usize, x: usize, y: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    v128.store(out, f32x4.mul(v128.load(x), v128.load(y)));
    out += 16;
    x += 16;
    y += 16;
  }
  if (count > 0) storePart(out, f32x4.mul(loadPart(x, count), loadPart(y, count)), count);
}

export function fillWith(out: usize, count: i32, value: f32): void {
  for (; count >= 4; count -= 4) {
    v128.store(out, f32x4.splat(value));
    out += 16;
  }
  if (count > 0) storePart(out, f32x4.splat(value), count);
}

export function clear(x: usize, count: i32): void {
  memory.fill(x, 0, <usize>count << 2);
}

// @ts-ignore: decorator
@inline
function standardised(x: v128, mean: usize, std: usize, part: i32): v128 {
  if (part) return f32x4.div(f32x4.sub(x, loadPart(mean, part)), loadPart(std, part));
  return f32x4.div(f32x4.sub(x, v128.load(mean)), v128.load(std));
}

/** out[i,j] = (x[rows[i],j] - mean[j]) / std[j], of floats. */
export function gatherRows(out: usize, x: usize, rows: usize, count: i32, columns: i32, mean: usize, std: usize): void {
  const part = columns & 3;
  for (let i = 0; i < count; i++) {
    let from = x + ((<usize>load<i32>(rows + (<usize>i << 2)) * <usize>columns) << 2);
    let j: usize = 0;
    for (const end = <usize>(columns - part) << 2; j < end; j += 16) {
      v128.store(out, standardised(v128.load(from), mean + j, std + j, 0));
      from += 16;
      out += 16;
    }
    if (part) {
      storePart(out, standardised(loadPart(from, part), mean + j, std + j, part), part);
      out += <usize>part << 2;
    }
  }
}

/** The same, of bytes. */
export function gatherRowsOfBytes(out: usize, x: usize, rows: usize, count: i32, columns: i32, mean: usize, std: usize): void {
  const part = columns & 3;
  for (let i = 0; i < count; i++) {
    let from = x + <usize>load<i32>(rows + (<usize>i << 2)) * <usize>columns;
    let j: usize = 0;
    for (const end = <usize>(columns - part) << 2; j < end; j += 16) {
      const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load_zero<u32>(from)));
      v128.store(out, standardised(f32x4.convert_i32x4_u(words), mean + j, std + j, 0));
      from += 4;
      out += 16;
    }
    for (let r = 0; r < part; r++) {
      const at = j + (<usize>r << 2);
      store<f32>(out, (<f32>load<u8>(from) - load<f32>(mean + at)) / load<f32>(std + at));
      from += 1;
      out += 4;
    }
  }
}
