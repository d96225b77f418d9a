import { faultsOf, type Fault } from "./fault.ts";

const fault = faultsOf("tooling/testing");

export const testing: readonly Fault[] = [
  fault("expect-all-close.ts", "Number.isFinite(e) && ", "", ""),
  fault("expect-all-close.ts", "actual.length !== expected.length", "actual.length < expected.length", ""),
  fault("expect-all-close.ts", "absolute + relative * Math.abs(e)", "absolute + relative * Math.abs(a)", ""),
  fault("numeric-gradient.ts", "(2 * epsilon)", "epsilon", ""),
  fault("numeric-gradient.ts", "    x[i] = value;\n", "", ""),
  fault("guarded-memory.ts", "{ at, from: from - GUARD, to: from, pattern: patterns[type] },", "", ""),
  fault("guarded-memory.ts", "at < places.length - 1 ? end : bytes.length", "end", ""),
  fault("guarded-memory.ts", "view.byteOffset + view.byteLength <= to", "view.byteOffset < to", ""),
  fault("guarded-memory.ts", "words[(i >> 2) + 1] === odd", "true", ""),
  fault("guarded-memory.ts", "view.buffer === buffer &&", "", ""),
  fault("guard.ts", "    open = false;", "", ""),
  fault("guard.ts", "if (count < first.length) expectSame", "if (count < 0) expectSame", ""),
  fault("guard.ts", 'if (bias) checks.push(["bias", bias, n]);', "", ""),
  fault("guard.ts", '["a", a, m * k]', '["a", a, m]', ""),
  fault("guard.ts", 'name !== "c" && overlap(c, operand)', 'name === "a" && overlap(c, operand)', ""),
  fault("guard.ts", "    run();\n    memory.verify(operation);", "    run();", ""),
  fault("guard.ts", "      f(...args);\n      memory.verify(operation);", "      f(...args);", ""),
  fault("guard.ts", "b.byteOffset < a.byteOffset + a.byteLength", "b.byteOffset <= a.byteOffset + a.byteLength", ""),
];
