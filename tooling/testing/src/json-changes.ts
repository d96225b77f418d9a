import fc from "fast-check";

// Changes of JSON that keep it JSON, but make it say something else, or something twice.

/** JSON with its objects as lists, so that a key can stand twice and values can be any text. */
export type Raw = string | Raw[] | { readonly entries: [key: string, value: Raw][] };
export const raw = (value: unknown): Raw => {
  if (Array.isArray(value)) return value.map(raw);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return { entries: Object.entries(value).map(([key, entry]) => [key, raw(entry)]) };
};
export const write = (value: Raw): string => {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  return `{${value.entries.map(([key, entry]) => `${JSON.stringify(key)}:${write(entry)}`).join()}}`;
};
/** Every list of entries in a value: what a mutation can act on. */
const listsIn = (value: Raw): [string, Raw][][] => {
  if (typeof value === "string") return [];
  if (Array.isArray(value)) return value.flatMap(listsIn);
  return [value.entries, ...value.entries.flatMap(([, entry]) => listsIn(entry))];
};

const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const strange = fc.constantFrom(
  ..."null true -1 -0 0.5 3 1e400 1e15 9007199254740993 NaN [] [1.5] [-2] [0,0] [[3],2] {} deep".split(
    " ",
  ),
  ...[
    '"3"',
    '"F32"',
    '["F32"]',
    '"F64"',
    '"constructor"',
    '{"__proto__":1}',
    "[0,9007199254740991]",
  ],
  ...["[9007199254740991,9007199254740991]", "[0,1e308]", "[4294967296,4294967296]", "[3,2,1]"],
);

/** A change of one entry in one of the objects of some JSON. */
export interface JsonChange {
  readonly kind: "set" | "remove" | "twice" | "add" | "swap" | "rename";
  /** Which object, and which of its entries: modulo what there are. */
  readonly list: number;
  readonly i: number;
  readonly j: number;
  readonly key: string;
  readonly strange: string;
}

const n = fc.nat(1000);

/** A change of an entry, whose new key may be one of `keys`, or one that every object has. */
export const jsonChange = (...keys: readonly string[]): fc.Arbitrary<JsonChange> =>
  fc.record({
    kind: fc.constantFrom("set", "remove", "twice", "add", "swap", "rename"),
    list: n,
    i: n,
    j: n,
    key: fc.constantFrom("__proto__", "constructor", "toString", "extra", ...keys),
    strange,
  });

/** Changes an entry in place. */
export function changeJson(value: Raw, { kind, list, i, j, key, strange }: JsonChange): void {
  const lists = listsIn(value);
  const entries = lists[list % lists.length]!;
  const other = lists[j % lists.length]!;
  const given = strange === "deep" ? deep : strange;
  const [one, two] = [entries[i % entries.length], other[j % other.length]];
  if (kind === "add") entries.splice(i % (entries.length + 1), 0, [key, given]);
  if (!one || !two) return;
  if (kind === "set") one[1] = given;
  if (kind === "remove") entries.splice(entries.indexOf(one), 1);
  if (kind === "twice")
    entries.splice(j % (entries.length + 1), 0, [one[0], j % 2 ? one[1] : given]);
  if (kind === "swap") [one[1], two[1]] = [structuredClone(two[1]), structuredClone(one[1])]; // one may hold the other
  if (kind === "rename") one[0] = j % 2 ? key : two[0];
}
