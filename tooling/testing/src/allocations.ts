// What code under test asks for by `new Uint8Array(n)`, `new ArrayBuffer(n)`, slice(), and in Node by
// Buffer, zlib's output included. Strings and plain objects are not counted.

const kinds = [
  "ArrayBuffer",
  "SharedArrayBuffer",
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
] as const;

type Method = (this: unknown, ...args: never[]) => { readonly byteLength: number };
type Owner = { [name: string]: Method };

const TypedArray = Object.getPrototypeOf(Uint8Array) as { readonly prototype: unknown };
const methods: readonly (readonly [owner: unknown, names: readonly string[]])[] = [
  [TypedArray.prototype, ["slice", "map", "filter", "toReversed", "toSorted"]],
  [ArrayBuffer.prototype, ["slice"]],
  [globalThis.Buffer, ["alloc", "allocUnsafe", "allocUnsafeSlow", "concat"]],
];

/** Whether a typed array over `value` is a view of its memory. */
const isBuffer = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "byteLength" in value && !("length" in value);

/** Counts the bytes that are allocated until `stop` is called, freed ones included. */
export function countAllocations(): { readonly stop: () => number } {
  let bytes = 0;
  const globals = globalThis as unknown as { [name: string]: unknown };
  const undo: (() => void)[] = [];
  for (const name of kinds) {
    const Kind = globals[name] as (new (...args: unknown[]) => { byteLength: number }) | undefined;
    if (!Kind) continue; // browsers have SharedArrayBuffer only where they isolate
    globals[name] = new Proxy(Kind, {
      construct(target, args, caller) {
        const made = Reflect.construct(target, args, caller) as { byteLength: number };
        if (!isBuffer(args[0])) bytes += made.byteLength;
        return made;
      },
    });
    undo.push(() => {
      globals[name] = Kind;
    });
  }
  for (const [owner, names] of methods)
    for (const name of owner ? names : []) {
      const methodsOf = owner as Owner;
      const method = methodsOf[name]!;
      methodsOf[name] = function (this: unknown, ...args: never[]) {
        const before = bytes;
        const made = method.apply(this, args);
        bytes = before + made.byteLength; // once, whatever it calls itself
        return made;
      };
      undo.push(() => {
        methodsOf[name] = method;
      });
    }
  return {
    stop: () => {
      for (const one of undo) one();
      return bytes;
    },
  };
}
