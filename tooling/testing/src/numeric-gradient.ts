/**
 * The gradient of `f` at `x` by central differences: (f(x + ε e_i) - f(x - ε e_i)) / 2ε for each i.
 *
 * `f` reads `x`, which is changed in place and put back. Meant for float64: in float32 the
 * difference drowns in rounding.
 */
export function numericGradient(f: () => number, x: Float64Array, epsilon = 1e-5): Float64Array {
  return x.map((value, i) => {
    x[i] = value + epsilon;
    const above = f();
    x[i] = value - epsilon;
    const below = f();
    x[i] = value;
    return (above - below) / (2 * epsilon);
  });
}
