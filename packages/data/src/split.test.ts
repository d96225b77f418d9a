import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examples } from "./examples.ts";
import { split } from "./split.ts";

/** Examples whose input is their own row number. */
const numbered = (classes: readonly number[]) =>
  examples(
    classes.map((_, row) => [row]),
    classes,
  );

const counts = (y: Int32Array): Map<number, number> =>
  y.reduce((map, label) => map.set(label, (map.get(label) ?? 0) + 1), new Map<number, number>());

describe("split()", () => {
  test("gives every example to one part, and each part its share of every class", () => {
    const classes = fc.array(fc.nat(4), { maxLength: 60 }).map((drawn) => {
      const all = [0, 1, 2, 3, 4].filter((label) => drawn.includes(label));
      return [...drawn, ...all, ...all]; // three of each at least
    });
    fc.assert(
      fc.property(classes, fc.nat(), fc.integer({ min: 1, max: 98 }), (classes, seed, percent) => {
        const all = numbered(classes);
        const fractions = { train: percent / 100, valid: 0.01, test: (99 - percent) / 100 };
        const parts = split(all, fractions, { seed });
        const rows = Object.values(parts).flatMap(({ x }) => [...x.data]);
        expect(rows.sort((a, b) => a - b)).toEqual([...all.x.data]);
        for (const { x, y } of Object.values(parts)) {
          expect([...x.data]).toEqual([...x.data].sort((a, b) => a - b));
          expect([...y]).toEqual([...x.data].map((row) => classes[row]));
          for (const [label, count] of counts(all.y)) {
            const share = (count * y.length) / classes.length;
            expect(Math.abs((counts(y).get(label) ?? 0) - share)).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  test("takes fractions or numbers of examples", () => {
    const all = numbered(Array.from({ length: 70 }, (_, i) => i % 2));
    const sizes = { train: 0.8, valid: 0.1, test: 0.1 };
    const byFraction = split(all, sizes, { seed: 3 });
    expect(Object.values(byFraction).map(({ y }) => y.length)).toEqual([56, 7, 7]);
    expect(split(all, { train: 56, valid: 7, test: 7 }, { seed: 3 })).toEqual(byFraction);
    expect(split(all, { all: 1 }).all).toEqual(all);
  });

  test("depends on the seed, and is the same for the same seed", () => {
    const all = numbered(Array.from({ length: 40 }, (_, i) => i % 4));
    const trainOf = (seed: number) => [
      ...split(all, { train: 0.5, test: 0.5 }, { seed }).train.x.data,
    ];
    expect(trainOf(1)).toEqual(trainOf(1));
    expect(trainOf(1)).not.toEqual(trainOf(2));
    expect(trainOf(1)).toMatchInlineSnapshot(`
      [
        0,
        2,
        3,
        5,
        6,
        7,
        12,
        14,
        17,
        19,
        20,
        23,
        24,
        25,
        28,
        30,
        33,
        35,
        37,
        38,
      ]
    `);
  });

  test("splits rows of targets and tiny classes without strata", () => {
    const values = examples([[1], [2], [3]], [[0.1], [0.2], [0.3]]);
    expect(split(values, { a: 2, b: 1 }).a.y.shape).toEqual([2, 1]);
    const tiny = split(numbered([0, 1, 2]), { a: 2, b: 1 }, { stratify: false });
    expect(tiny.a.y.length + tiny.b.y.length).toBe(3);
    expect(split(numbered([]), { a: 0.5, b: 0.5 }, { stratify: false }).a.y.length).toBe(0);
    expect(split(numbered([]), { a: 0.5, b: 0.5 }).a.y.length).toBe(0);
  });

  test("refuses sizes that do not add up", () => {
    const all = numbered([0, 0, 0, 1, 1, 1]);
    expect(() => split(all, { train: 0.8, test: 0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: split() expects fractions that add up to 1, or numbers that add up to the 6 examples, but train 0.8, test 0.1 add up to 0.9: name the rest as a part of its own]`,
    );
    expect(() => split(all, { train: 4, test: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: split() expects fractions that add up to 1, or numbers that add up to the 6 examples, but train 4, test 1 add up to 5: name the rest as a part of its own]`,
    );
    expect(() => split(all, { train: 1.5, test: 4.5 })).toThrow(RangeError);
    expect(() => split(all, { train: 7, test: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: split() expects sizes from 0, but parts is { train 7, test -1 }]`,
    );
    expect(() => split(all, { train: Number.NaN })).toThrow(RangeError);
    expect(() => split(all, {})).toThrow(RangeError);
  });

  test("refuses to stratify what it cannot", () => {
    expect(() =>
      split(numbered([0, 0, 1]), { train: 2, test: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: split() expects at least 2 examples of each class for 2 parts, but class 1 has 1: pass stratify: false]`,
    );
    const values = examples([[1], [2]], [[0.1], [0.2]]);
    expect(() =>
      split(values, { a: 1, b: 1 }, { stratify: true }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[TypeError: split() expects classes to stratify by, but y is [2, 1]: pass stratify: false]`,
    );
  });
});
