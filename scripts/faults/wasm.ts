import { type Fault, faultsOf } from "./fault.ts";

const inWasm = faultsOf("packages/wasm");

/** A fault in a kernel or in what threads share, noticed by a test of tooling/conformance. */
const fault = (file: string, from: string, to: string, test: string): Fault => ({
  file: `packages/wasm/${file}`,
  from,
  to,
  project: "conformance",
  test,
});

/** A fault in a kernel, noticed by a test of the package itself. */
const inAssembly = (file: string, from: string, to: string, test: string): Fault => ({
  file: `packages/wasm/assembly/${file}`,
  from,
  to,
  project: "wasm",
  test,
});

// biome-ignore format: one fault a line
export const wasm: readonly Fault[] = [
  fault("assembly/tile.ts", "c00 = madd(s, b0, c00);", "c00 = madd(s, b1, c00);", "on wasm fused > nn computes its definition"),
  fault("assembly/product.ts", "const load = goOn || kFrom > 0;", "const load = goOn;", "on wasm fused > nn computes its definition for 17 x 9 x 600"),
  fault("assembly/product.ts", "          at += rows * cStep;", "          at += mostRows * cStep;", "on wasm fused > nn computes its definition"),
  fault("assembly/sparse.ts", "const load = goOn || kFrom > 0;", "const load = goOn;", "on wasm fused > nt > of either operand leave the bits as they are, 70 x 101 x 300"),
  fault("assembly/sparse.ts", "            if (load) transpose(strip, ROW, at + (i << 2), cStep, width, rows);\n", "", "on wasm fused > tn onto C > of either operand leave the bits as they are"),
  fault("assembly/sparse.ts", "let row = x + mFrom * xStep + (kFrom << 2);", "let row = x + (kFrom << 2);", "on wasm fused > nt > of either operand leave the bits as they are, 1030 x 64 x 190"),
  fault("assembly/sparse.ts", "s7 = madd(factor, v128.load(y, 112), s7);", "s7 = madd(factor, v128.load(y, 96), s7);", "on wasm fused > nn > of either operand leave the bits as they are"),
  fault("assembly/zeros.ts", "store<u16>(to, <u16>p);\n    to += load", "to += load", "on wasm fused > nt > of either operand leave the bits as they are, 33 x 70 x 131"),
  fault("assembly/zeros.ts", "<usize>popcnt(set) << 1;", "8;", "on wasm fused > nn > of either operand leave the bits as they are"),
  fault("assembly/product.ts", "if (bias) memory.copy(start8, bias + ((jEnd - part) << 2), part << 2);", "", "on wasm fused > nt with a bias computes its definition"),
  fault("assembly/pack.ts", "for (; r < rows; r++) store<f32>(out + (r << 2), load<f32>(x + (r << 2)));", "for (; r < rows; r++) store<f32>(out + (r << 2), load<f32>(x));", "on wasm fused > tn computes its definition"),
  fault("assembly/zeros.ts", "return !v128.any_true(i32x4.ge_u(greatest, i32x4.splat(INFINITY)));", "return true;", "on wasm fused > nn hides no NaN and no infinity behind zeros"),
  fault("assembly/pack.ts", "return !v128.any_true(f32x4.ne(check, check));", "return true;", "on wasm fused > nt hides no NaN and no infinity behind zeros"),
  fault("assembly/pack.ts", "      if (check) sum01 = madd(none, column, sum01);\n", "", "on wasm fused > nt hides no NaN and no infinity behind zeros"),
  fault("assembly/pack.ts", "      if (check) sum23 = madd(none, f32x4.splat(one), sum23);\n", "", "on wasm fused > nt hides no NaN and no infinity behind zeros"),
  fault("assembly/pack.ts", "madd(none, r3, madd(none, r2, sum23))", "madd(none, r3, sum23)", "on wasm fused > nt hides no NaN and no infinity behind zeros"),
  fault("assembly/sparse.ts", "((mFrom + i) << 2)", "(mFrom << 2)", "on wasm fused > tn > of either operand leave the bits as they are"),
  fault("assembly/zeros.ts", "<u64>last << (popcnt(rest) << 3)", "<u64>last << (popcnt(set) << 3)", "on wasm fused > nt > of either operand leave the bits as they are"),
  fault("assembly/zeros.ts", "const INFINITY: u32 = 0xff000000;", "const INFINITY: u32 = 0xff000001;", "on wasm fused > tn hides no NaN and no infinity behind zeros"),
  fault("assembly/product.ts", "ofB < FEW && allFinite(a, aStep, k, m)", "ofB < FEW", "on wasm fused > tn hides no NaN and no infinity behind zeros"),
  fault("assembly/product.ts", "ofA < FEW && allFinite(b, bStep, k, n)", "ofA < FEW", "on wasm fused > tn hides no NaN and no infinity behind zeros"),
  fault("assembly/product.ts", "density(a, aStep, m, k) < FEW && allFinite(b, bStep, k, n)", "density(a, aStep, m, k) < FEW", "on wasm fused > nn hides no NaN and no infinity behind zeros"),
  fault("assembly/product.ts", "const start = bias ? load<f32>(bias + (j << 2)) : 0;", "const start: f32 = 0;", "on wasm fused > nt with a bias computes its definition for 130 x 7 x 33"),
  fault("assembly/product.ts", "transpose(c + i * cStep, cStep, scratch, rows << 2, n, rows);", "transpose(c, cStep, scratch, rows << 2, n, rows);", "on wasm fused > nt computes its definition for 130 x 7 x 33"),
  fault("assembly/vector.ts", "const b2 = rows > 2 ? step << 1 : 0;", "const b2 = rows > 2 ? step : 0;", "on wasm fused > nt computes its definition for 1 x 13 x 5"),
  fault("assembly/lanes.ts", "  if (count > 2) x = v128.load_lane<f32>(from, x, 2, 8);\n", "", "on wasm fused > sigmoid() computes its definition"),
  fault("assembly/lanes.ts", "  if (count > 2) v128.store_lane<f32>(to, x, 2, 8);", "  v128.store_lane<f32>(to, x, 2, 8);", "on wasm fused > relu() computes its definition"),
  fault("assembly/activations.ts", "if (which == RELU) return f32x4.add(f32x4.pmax(a, f32x4.splat(0)),", "if (which == RELU) return f32x4.add(f32x4.pmax(f32x4.splat(0), a),", "on wasm fused > relu() computes its definition of NaN"),
  fault("assembly/optimizers.ts", "madd(lambda, weight, get(g, part)), weight)", "madd(lambda, weight, get(g, part)), get(g, part))", "on wasm fused > sgd() computes its definition"),
  fault("assembly/reductions.ts", "<f64>load<f32>(norm) * <f64>load<f32>(norm)", "<f64>load<f32>(norm)", "on wasm fused > addNorm() computes its definition"),
  fault("assembly/mask.ts", "c3 = low32(even0, odd0);", "c3 = high32(even0, odd0);", "on wasm fused > drawMask() computes its definition"),
  fault("assembly/elements.ts", "      from += 4;", "      from += 1;", "on wasm fused > gatherRows() computes its definition"),
  fault("src/kernels.ts", "steps: [4, 0, 0, 0, 0, 1 / 4]", "steps: [4, 0, 0, 0, 0, 0]", "wasm fused > computes the same bits on 2 threads"),
  fault("src/crew.ts", "o[BIAS] ? 4 : 0", "0", "wasm fused > computes the same bits on 2 threads"),
  fault("src/crew.ts", "steps: () => [4, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0], scratch: 9", "steps: () => [4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], scratch: 9", "wasm fused > computes the same bits on 2 threads"),
  fault("src/job.ts", "operands[count] = Math.min(unit, units - from);", "operands[count] = unit;", "wasm fused > computes the same bits on 2 threads"),
  inAssembly("elementary.ts", "f32x4.pmin(f32x4.pmax(x, splat(-105)), splat(90))", "f32x4.pmin(splat(90), f32x4.pmax(x, splat(-105)))", "exp() of NaN is NaN"),
  inAssembly("elementary.ts", "const infinite = f32x4.eq(x, splat(Infinity));", "const infinite = f32x4.eq(x, splat(-Infinity));", "log(Infinity) is Infinity"),
  inAssembly("elementary.ts", "return v128.or(y, v128.and(x, i32x4.splat(0x80000000)));", "return y;", "fused > tanh(-Infinity) is -1"),
  inAssembly("elementary.ts", "return f32x4.sub(factor, f32x4.mul(factor, y));", "return f32x4.div(factor, f32x4.add(e, splat(1)));", "fused > sigmoid() is as bad as on record"),
  inWasm("pace.ts", "shared || trial", "shared", "the others are wanted while one thread is tried"),
  inAssembly("room.ts", "room = min(MOST, TOGETHER / threads);", "", "a run on up to 8 threads takes 2 MB beside its buffers"),
  inWasm("kernels-over.ts", "kernels.shareRoom!(threads);", "", "a run on up to 8 threads takes 2 MB beside its buffers"),
  inWasm("crew.ts", "(multiplications && tempo.mayShare())", "tempo.mayShare()", "without products no worker starts"),
  inWasm("crew.ts", "throw loss();\n      last", "return;\n      last", "a worker that dies in the middle of a job is an error"),
  inWasm("pace.ts", "rate >= GAIN * alone", "rate >= 0", "what is not is left to one thread"),
  inWasm("caller.ts", " && arg.buffer === memoryBuffer", "", "call() runs the kernel where there is one"),
  inWasm("caller.ts", "else places[i] = arg;", "", "a call with the same buffers takes the numbers it is given"),
  inWasm("places.ts", " && one.bias === bias", "", "a product with another bias finds it"),
  inWasm("memory.ts", "sealed = true;", "sealed = false;", "zeros() refuses impossible lengths and kinds, and anything after open()"),
  {
    file: "packages/mlp/src/default-backend.ts",
    from: 'dtype === "float64" ? reference : wasm()',
    to: "dtype ? reference : wasm()",
    project: "mlp",
    test: "unless told, a network in float32 is executed by wasm()",
  },
];
