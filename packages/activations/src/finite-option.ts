/** The option `key` of `options`, or `fallback` where it is left out; anything but a finite number is refused. */
export function finiteOption<K extends string>(
  factory: string,
  options: { readonly [key in K]?: number },
  key: K,
  fallback: number,
): number {
  if (typeof options !== "object" || options === null)
    throw new TypeError(
      `${factory}() expects its options as an object, but got ${shown(options)}: ` +
        `write { ${key}: ${fallback} }`,
    );
  const { [key]: value = fallback } = options as { readonly [key in K]?: number };
  if (Number.isFinite(value)) return value;
  const Refusal = typeof value === "number" ? RangeError : TypeError;
  throw new Refusal(`${factory}() expects a finite ${key}, but ${key} is ${shown(value)}`);
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
