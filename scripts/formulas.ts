import { packages, read, sourcesOf } from "./sources.ts";

/** The mathematics, each line with its place in the course. It stands in the margin of the code that does it. */
export const formulas: readonly (readonly [slide: string, formula: string])[] = [
  ["1.5", "a(k) = b(k) + W(k) h(k-1)"],
  ["1.5", "h(k) = g(a(k))"],
  ["1.4", "f(x) = o(a(L+1)) = softmax(a)"],
  ["2.2", "l(f(x), y) = -log f(x)_y"],
  ["2.3", "grad_f = -e(y) / f(x)_y"],
  ["2.3", "grad_a_j = f_j (grad_f_j - sum_c grad_f_c f_c)"],
  ["2.3", "grad_a(L+1) = -(e(y) - f(x)) / N"],
  ["2.6", "grad_W(k) = grad_a(k)^T h(k-1)"],
  ["2.6", "grad_b(k) = sum over rows of grad_a(k)"],
  ["2.4", "grad_h(k-1) = grad_a(k) W(k)"],
  ["2.4", "grad_a(k-1) = grad_h(k-1) * g'(a(k-1))"],
  ["2.5", "g'(a) = 1"],
  ["2.5", "g'(a) = g(a)(1 - g(a))"],
  ["2.5", "g'(a) = 1 - g(a)^2"],
  ["2.5", "g'(a) = 1 where a > 0"],
];

/** Every place where the formula is the whole of a comment in the margin: `packages/mlp/src/dense.ts:72`. */
export function placesOf(formula: string): string[] {
  const comment = `// ${formula}`;
  return packages.flatMap(sourcesOf).flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, i) =>
        line.replaceAll(/ +/g, " ").endsWith(` ${comment}`) && !line.trim().startsWith("//")
          ? [`${path}:${i + 1}`]
          : [],
      ),
  );
}
