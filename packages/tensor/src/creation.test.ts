import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dtypeOf, floatArray, matrix, size, tensor, vector, zeros } from "./index.ts";

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

test("tensor(), matrix() and vector() hold what they are given, row-major, as float32 unless told", () => {
  expect(tensor([2, 1, 2], [1, 2, 3, 4])).toEqual({
    shape: [2, 1, 2],
    data: Float32Array.of(1, 2, 3, 4),
  });
  expect(
    matrix([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ).toEqual({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  expect(vector([1, 2])).toEqual({ shape: [2], data: Float32Array.of(1, 2) });
  expect(zeros([2, 2])).toEqual({ shape: [2, 2], data: new Float32Array(4) });
});

test("they hold float64 where asked, and round nothing then", () => {
  const dtype = "float64";
  expect(tensor([1], [0.1], { dtype }).data).toEqual(Float64Array.of(0.1));
  expect(matrix([[0.1], Float64Array.of(0.2)], { dtype }).data).toEqual(Float64Array.of(0.1, 0.2));
  expect(vector(Uint8Array.of(7, 255), { dtype }).data).toEqual(Float64Array.of(7, 255));
  expect(zeros([1], { dtype }).data).toEqual(new Float64Array(1));
});

test("they agree with each other", () => {
  const numbers = fc.array(fc.float({ noDefaultInfinity: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(numbers, (values) => {
      expect(tensor([values.length], values)).toEqual(vector(values));
      expect(tensor([1, values.length], values)).toEqual(matrix([values]));
      expect(tensor([values.length, 1], values)).toEqual(matrix(values.map((value) => [value])));
    }),
  );
});

test("they keep NaN, the infinities and -0", () => {
  const wild = [nan, infinity, -infinity, -0];
  for (const { data } of [tensor([4], wild), vector(wild), matrix([wild])])
    expect(data).toEqual(Float32Array.from(wild));
});

test("they copy: what is written to the source later is not seen", () => {
  const source = Float32Array.of(1, 2);
  const shape = [2];
  const made = [tensor(shape, source), vector(source), matrix([source])];
  source.fill(9);
  shape[0] = 9;
  for (const { data } of made) expect(data).toEqual(Float32Array.of(1, 2));
  expect(made[0]?.shape).toEqual([2]);
});

test("nothing can be made of nothing", () => {
  expect(tensor([], [5])).toEqual({ shape: [], data: Float32Array.of(5) });
  expect(tensor([0, 3], [])).toEqual({ shape: [0, 3], data: new Float32Array(0) });
  expect(vector([])).toEqual({ shape: [0], data: new Float32Array(0) });
  expect(matrix([])).toEqual({ shape: [0, 0], data: new Float32Array(0) });
  expect(matrix([[], []])).toEqual({ shape: [2, 0], data: new Float32Array(0) });
  expect(zeros([0, 3]).shape).toEqual([0, 3]);
});

test("size() multiplies lengths; floatArray() makes zeros of a dtype, and dtypeOf() names it", () => {
  expect([size([]), size([4]), size([2, 3, 5]), size([7, 0])]).toEqual([1, 4, 30, 0]);
  for (const dtype of ["float32", "float64"] as const) {
    expect(dtypeOf(floatArray(dtype, 3))).toBe(dtype);
    expect([...floatArray(dtype, 3)]).toEqual([0, 0, 0]);
  }
  for (const other of [
    [1],
    new Int32Array(1),
    new DataView(new ArrayBuffer(8)),
    null,
    undefined,
    "float32",
  ])
    expect(dtypeOf(other)).toBeUndefined();
});

describe("errors", () => {
  const refused = (f: () => unknown): string => {
    try {
      f();
    } catch (error) {
      return String(error);
    }
    return "accepted";
  };
  const dtype = "float16" as never;

  test("lengths that do not fit, ragged rows, and lengths that are none are refused", () => {
    expect([
      refused(() => tensor([2, 3], [1, 2])),
      refused(() => matrix([[1, 2], [3]])),
      refused(() => matrix([[], [3]])),
      refused(() => tensor([-1], [])),
      refused(() => zeros([2, 0.5])),
      refused(() => zeros([Number.NaN])),
    ]).toMatchInlineSnapshot(`
      [
        "ShapeError: tensor() expects 6 entries for [2, 3], but data holds 2",
        "ShapeError: matrix() expects rows of one length, but rows[0] has 2 entries and rows[1] has 1",
        "ShapeError: matrix() expects rows of one length, but rows[0] has 0 entries and rows[1] has 1",
        "RangeError: tensor() expects shape of whole lengths of 0 or more, but shape is [-1]",
        "RangeError: zeros() expects shape of whole lengths of 0 or more, but shape is [2, 0.5]",
        "RangeError: zeros() expects shape of whole lengths of 0 or more, but shape is [NaN]",
      ]
    `);
  });

  test("what is no array, and entries that are no numbers, are refused", () => {
    expect([
      refused(() => tensor(3 as never, [1])),
      refused(() => zeros("3" as never)),
      refused(() => tensor([1], 1 as never)),
      refused(() => tensor([1], [undefined as never])),
      refused(() => vector(3 as never)),
      refused(() => vector(["3"] as never)),
      refused(() => vector(BigInt64Array.of(3n) as never)),
      refused(() => vector(new Array(1))),
      refused(() => matrix([1, 2] as never)),
      refused(() => matrix([[1], [null]] as never)),
      refused(() => matrix(undefined as never)),
      refused(() => matrix({ shape: [1], data: [1] } as never)),
    ]).toMatchInlineSnapshot(`
      [
        "TypeError: tensor() expects shape as an array of lengths, but shape is 3",
        "TypeError: zeros() expects shape as an array of lengths, but shape is "3"",
        "TypeError: tensor() expects data as an array, but data is 1",
        "TypeError: tensor() expects numbers, but data[0] is undefined",
        "TypeError: vector() expects values as an array, but values is 3",
        "TypeError: vector() expects numbers, but values[0] is "3"",
        "TypeError: vector() expects numbers, but values[0] is 3",
        "TypeError: vector() expects numbers, but values[0] is undefined",
        "TypeError: matrix() expects rows[0] as an array, but rows[0] is 1",
        "TypeError: matrix() expects numbers, but rows[1][0] is null",
        "TypeError: matrix() expects rows as an array, but rows is undefined",
        "TypeError: matrix() expects rows as an array, but rows is { data: Array }",
      ]
    `);
  });

  test("a dtype that is neither is refused", () => {
    expect([
      refused(() => tensor([1], [1], { dtype })),
      refused(() => vector([1], { dtype })),
      refused(() => matrix([[1]], { dtype })),
      refused(() => zeros([1], { dtype })),
      refused(() => floatArray(dtype, 1)),
    ]).toMatchInlineSnapshot(`
      [
        "RangeError: tensor() expects dtype "float32" or "float64", but dtype is "float16"",
        "RangeError: vector() expects dtype "float32" or "float64", but dtype is "float16"",
        "RangeError: matrix() expects dtype "float32" or "float64", but dtype is "float16"",
        "RangeError: zeros() expects dtype "float32" or "float64", but dtype is "float16"",
        "RangeError: floatArray() expects dtype "float32" or "float64", but dtype is "float16"",
      ]
    `);
  });
});
