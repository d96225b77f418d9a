import fc from "fast-check";
import { expect, test } from "vitest";
import { type Damage, damaged, damages } from "./damage.ts";

const file = Uint8Array.from({ length: 12 }, (_, i) => 10 + i);
const plain: Damage = {
  kind: "flip",
  at: 2,
  to: -1,
  length: 3,
  byte: 0,
  integer: 258n,
  relative: false,
  bytes: 2,
  littleEndian: false,
};
const made = (damage: Partial<Damage>, bytes = file): number[] => [
  ...damaged(bytes, [{ ...plain, ...damage }]),
];

test("each kind of damage does what it is called", () => {
  expect(made({ kind: "flip", byte: 1 })).toEqual([10, 11, 14, ...file.slice(3)]);
  expect(made({ kind: "write", at: -1 })).toEqual([...file.slice(0, 11), 0]);
  expect(made({ kind: "fill" })).toEqual([10, 11, 0, 0, 0, ...file.slice(5)]);
  expect(made({ kind: "truncate" })).toEqual([10, 11]);
  expect(made({ kind: "extend" })).toEqual([...file, 0, 0, 0]);
  expect(made({ kind: "insert" })).toEqual([10, 11, 0, 0, 0, ...file.slice(2)]);
  expect(made({ kind: "remove" })).toEqual([10, 11, ...file.slice(5)]);
  expect(made({ kind: "duplicate" })).toEqual([...file.slice(0, 11), 12, 13, 14, 21]);
  expect(made({ kind: "move", to: 0 })).toEqual([12, 13, 14, ...file.slice(3)]);
  expect(made({ kind: "swap", to: 8, length: 1 })[8]).toBe(12);
  expect(made({ kind: "swap", to: 8, length: 1 })[2]).toBe(18);
  expect([
    ...damaged(file, [{ ...plain, kind: "splice" }], { other: Uint8Array.of(1, 2) }),
  ]).toEqual([10, 11, 2]);
});

test("integers are written in either order, over or onto what is there, also at the places named", () => {
  expect(made({ kind: "integer" }).slice(1, 5)).toEqual([11, 1, 2, 14]);
  expect(made({ kind: "integer", littleEndian: true }).slice(1, 5)).toEqual([11, 2, 1, 14]);
  expect(made({ kind: "integer", relative: true, integer: -1n }).slice(2, 4)).toEqual([12, 12]);
  expect(made({ kind: "integer", integer: -1n, bytes: 8, at: -1 }).at(-1)).toBe(255);
  const named = damaged(file, [{ ...plain, kind: "integer", byte: 1, to: 1 }], { places: [4, 6] });
  expect([...named.subarray(6, 8)]).toEqual([1, 2]);
});

test("any damage of any file gives bytes, the same each time, and leaves the file alone", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), damages, (bytes, changes) => {
      const before = bytes.slice();
      const once = damaged(bytes, changes, { places: [0, 4, 60] });
      expect(damaged(bytes, changes, { places: [0, 4, 60] })).toEqual(once);
      expect(bytes).toEqual(before);
    }),
  );
});

test("most damages change the file, and every kind is drawn", () => {
  const drawn = fc.sample(damages, { numRuns: 500, seed: 1 });
  const changed = drawn.filter((changes) => String(damaged(file, changes)) !== String(file));
  expect(changed.length).toBeGreaterThan(400);
  expect(new Set(drawn.flat().map(({ kind }) => kind)).size).toBe(12);
});
