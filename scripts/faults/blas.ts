import { type Fault, faultsOf } from "./fault.ts";

const inBlas = faultsOf("packages/blas");

/** A fault in a product, noticed by a test of tooling/conformance. */
const fault = (file: string, from: string, to: string, test: string): Fault => ({
  ...inBlas(file, from, to, `on blas on 1 thread > ${test}`),
  project: "conformance",
});

// biome-ignore format: one fault a line
export const blas: readonly Fault[] = [
  fault("session.ts", "else multiply(count, AS_IT_IS, TRANSPOSED,", "else multiply(count, AS_IT_IS, AS_IT_IS,", "nt > computes its definition for 31 x 40 x 37"),
  fault("session.ts", "multiply(count, AS_IT_IS, AS_IT_IS, m, n, k, aAt, k,", "multiply(count, AS_IT_IS, AS_IT_IS, m, n, k, aAt, n,", "nn > computes its definition for 31 x 40 x 37"),
  fault("session.ts", "bAt, n, beta, cAt, n);", "bAt, n, 0, cAt, n);", "tn onto C > computes its definition for 31 x 40 x 37"),
  fault("session.ts", "const base = addressOf(memory);", "const base = ((globalThis as { stale?: number }).stale ??= addressOf(memory));", "two runs at a time have memories of their own"),
  fault("session.ts", "bAt, k, aAt, 1, beta, cAt, 1);", "bAt, k, aAt, 1, 0, cAt, 1);", "nt with a bias > computes its definition for 1 x 130 x 300"),
  fault("session.ts", "      if (bias) setRows(c, bias, m, n);\n", "", "nt with a bias > computes its definition for 33 x 130 x 530"),
  fault("session.ts", "Math.min(done, m * n - done));", "done / 2);", "nt with a bias > computes its definition for 33 x 130 x 530"),
  fault("session.ts", "x.buffer === memory && x", "x", "an operand on the heap is multiplied all the same"),
  { ...fault("session.ts", "      ours.pull(a, b, c, ...(bias ? [bias] : [])); // ours may", "      // ours may", ""), test: "nt on blas finds weights in rows that our kernels had in panels" },
  fault("session.ts", "return ours.nn(c, a, b, m, n, k);\n      ours.pull(a, b, c);", "return ours.nn(c, a, b, m, n, k);", "operations in any order compute what the reference does"),
  fault("session.ts", "return ours.tn(c, a, b, m, n, k, beta);\n      ours.pull(a, b, c);", "return ours.tn(c, a, b, m, n, k, beta);", "operations in any order compute what the reference does"),
  inBlas("session.ts", "if (x.length < length)", "if (x.length > length)", "a buffer that is too short is refused"),
  inBlas("session.ts", "      library.useThreads(count);\n      multiply(count, TRANSPOSED", "      multiply(count, TRANSPOSED", "each run computes its large products on the threads that its backend has"),
  inBlas("pieces.ts", "const rowOfA = transA === TRANSPOSED ? 1 : stepA;", "const rowOfA = stepA;", "tn in pieces is the same product"),
  inBlas("pieces.ts", "const columnOfB = ofRows ? stepB : 1;", "const columnOfB = 1;", "nt in pieces is the same product"),
  inBlas("pieces.ts", "c + 4 * (i * stepC + j)", "c + 4 * (i * n + j)", "nt in pieces is the same product"),
  inBlas("pieces.ts", "Math.min(columns, n - j)", "columns", "nt in pieces is the same product"),
  inBlas("pieces.ts", "m * n > entries", "m * n >= 0", "what is small, of another processor, or for several threads is one product"),
  inBlas("pieces.ts", "if (threads === 1 && ", "if (", "what is small, of another processor, or for several threads is one product"),
  inBlas("zeros.ts", "!== 0) found++", "> 0) found++", "hasFew() finds out whether few of 32 x 784 are not zero"),
  inBlas("zeros.ts", "2 ** 32) * length", "2 ** 32) * x.length", "hasFew() takes NaN for a number, and looks at no more than it is told to"),
  inBlas("zeros.ts", "(few ? 0 : work)", "(few ? 0 : 1)", "on several threads, all large products are our kernels' while most of their work has zeros"),
  inBlas("zeros.ts", " || hasFew(y, yLength, most)", "", "on one thread, a product is our kernels' where few numbers of an operand are not zero"),
  inBlas("find-library.ts", "if (library.name !== undefined) return library;", "return library;", "a library that does not say what it is has to be asked for by its path"),
  inBlas("blas.ts", "  library.useThreads(threads);\n", "", "blas() says whose products it has"),
];
