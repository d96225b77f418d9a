import { type Fault, faultsOf } from "./fault.ts";

const fault = faultsOf("tooling/testing");

// biome-ignore format: one fault a line
export const testing: readonly Fault[] = [
  fault("expect-all-close.ts", "Number.isFinite(e) && ", "", "expectAllClose() refuses NaN for a number, a number for an infinity, and another length"),
  fault("expect-all-close.ts", "actual.length !== expected.length", "actual.length < expected.length", "expectAllClose() refuses NaN for a number, a number for an infinity, and another length"),
  fault("expect-all-close.ts", "absolute + relative * Math.abs(e)", "absolute + relative * Math.abs(a)", "expectAllClose() is relative to what is expected, not to what came"),
  fault("numeric-gradient.ts", "(2 * epsilon)", "epsilon", "numericGradient() of x0² x1 is [2 x0 x1, x0²], and puts x back"),
  fault("numeric-gradient.ts", "    x[i] = value;\n", "", "numericGradient() of x0² x1 is [2 x0 x1, x0²], and puts x back"),
  fault("guarded-memory.ts", "{ at, from: from - GUARD, to: from, pattern: patterns[type] },", "", "guardedMemory() surrounds floats with 64 bytes of NaN or more"),
  fault("guarded-memory.ts", "at < places.length - 1 ? end : bytes.length", "end", "guardedMemory() guards every byte that is in no buffer, up to the end"),
  fault("guarded-memory.ts", "view.byteOffset + view.byteLength <= to", "view.byteOffset < to", "guard() takes a part of a buffer, and an empty one"),
  fault("guarded-memory.ts", "words[(i >> 2) + 1] === odd", "true", "guard() names the operation and the buffer of an overwritten guard"),
  fault("guarded-memory.ts", "view.buffer === buffer &&", "", "guard() refuses foreign buffers, wherever they are passed"),
  fault("guard.ts", "    open = false;", "", "guard() refuses an allocation after open"),
  fault("guard.ts", "if (count < first.length) expectSame", "if (count < 0) expectSame", "guard() refuses a layout that differs between its two runs"),
  fault("guard.ts", 'if (bias) checks.push(["bias", bias, n]);', "", "guard() refuses foreign buffers, wherever they are passed"),
  fault("guard.ts", '["a", a, m * k]', '["a", a, m]', "guard() refuses a product whose operand is too short or overlaps the result"),
  fault("guard.ts", 'name !== "c" && overlap(c, operand)', 'name === "a" && overlap(c, operand)', "guard() refuses a product whose operand is too short or overlaps the result"),
  fault("guard.ts", "    run();\n    memory.verify(operation);", "    run();", "guard() names the operation and the buffer of an overwritten guard"),
  fault("guard.ts", "      f(...args);\n      memory.verify(operation);", "      f(...args);", "guard() names the operation and the buffer of an overwritten guard"),
  fault("guard.ts", "b.byteOffset < a.byteOffset + a.byteLength", "b.byteOffset <= a.byteOffset + a.byteLength", "guard() refuses a product whose operand is too short or overlaps the result"),
];
