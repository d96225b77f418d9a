import fc from "fast-check";
import { expect, test } from "vitest";
import { expectEachKeyOnce } from "./expect-each-key-once.ts";
import { changeJson, type JsonChange, jsonChange, raw, write } from "./json-changes.ts";

const given = { a: 1, b: { c: [true, null, { d: "x" }] } };
const changed = (change: Partial<JsonChange>): string => {
  const value = raw(given);
  const plain = { kind: "set", list: 0, i: 0, j: 0, key: "extra", strange: "-1" } as const;
  changeJson(value, { ...plain, ...change });
  return write(value);
};

test("JSON goes through raw() and write() unchanged", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(write(raw(value))).toBe(JSON.stringify(value));
    }),
  );
});

test("each kind of change does what it is called", () => {
  const b = '"b":{"c":[true,null,{"d":"x"}]}';
  expect(changed({ kind: "set" })).toBe(`{"a":-1,${b}}`);
  expect(changed({ kind: "remove" })).toBe(`{${b}}`);
  expect(changed({ kind: "add" })).toBe(`{"extra":-1,"a":1,${b}}`);
  expect(changed({ kind: "twice", j: 2 })).toBe(`{"a":1,${b},"a":-1}`);
  expect(changed({ kind: "swap", j: 1 })).toBe('{"a":[true,null,{"d":"x"}],"b":{"c":1}}');
  expect(changed({ kind: "rename", j: 1 })).toBe(`{"extra":1,${b}}`);
  expect(changed({ kind: "set", list: 2 })).toBe('{"a":1,"b":{"c":[true,null,{"d":-1}]}}');
});

test("whatever is changed can still be written", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(jsonChange(), { maxLength: 4 }), (value, changes) => {
      const changed = raw({ a: value, b: given });
      for (const change of changes) changeJson(changed, change);
      expect(write(changed).startsWith("{")).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("expectEachKeyOnce() sees a key that comes twice in one object, however it is written", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, spaced) => {
      expectEachKeyOnce(JSON.stringify(value, undefined, spaced ? 1 : 0));
    }),
  );
  expectEachKeyOnce('{"a": {"a": [{"a": 1}, {"a": "{"}]}}');
  for (const text of ['{"a":1,"a":1}', '{"a":1,"\\u0061":1}', '[1,{"b":{"a":{},"c":"}","a":[]}}]'])
    expect(() => expectEachKeyOnce(text)).toThrow(/^expected each key once, but a comes twice$/);
});

test("changes are drawn with the keys that are named", () => {
  const keys = fc.sample(jsonChange("name"), { numRuns: 200, seed: 1 }).map(({ key }) => key);
  expect(new Set(keys)).toEqual(new Set(["__proto__", "constructor", "toString", "extra", "name"]));
});
