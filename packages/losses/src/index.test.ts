import { type Matrix, products, reference, softmax } from "@feedforward/tensor";
import { expectAllClose, guard, numericGradient } from "@feedforward/testing";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import golden from "./golden/golden.json" with { type: "json" };
import { type Contents, definitionOf, goldenCase, type Row, rows } from "./golden/loss-table.ts";

const dtypes = ["float64", "float32"] as const;
const table = rows(await import("./index.ts"));

const matrix = (rows: number, columns: number, data: ArrayLike<number>): Matrix => ({
  shape: [rows, columns],
  data: Float64Array.from(data),
});

/** Numbers within ±3 as contents of a kind. */
function contents(kind: Contents, rows: number, columns: number, data: number[]): Matrix {
  if (kind === "distributions")
    return softmax(
      matrix(
        rows,
        columns,
        data.map((x) => x / 2),
      ),
    );
  return matrix(rows, columns, kind === "chances" ? data.map((x) => (x + 3) / 6) : data);
}

interface Example {
  readonly a: Matrix;
  readonly y: Int32Array | Matrix;
}

/** Batches that a row of the table takes, of 1 to 4 rows and 1 to 4 columns. */
function examples({ kind, input, values, single }: Row): fc.Arbitrary<Example> {
  const size = fc.integer({ min: 1, max: 4 });
  return fc.tuple(size, single ? fc.constant(1) : size).chain(([rows, columns]) => {
    const numbers = (length: number) =>
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
        minLength: length,
        maxLength: length,
      });
    return fc
      .record({
        a: numbers(rows * columns),
        y: numbers(rows * columns),
        classes: fc.array(fc.nat(single ? 1 : columns - 1), { minLength: rows, maxLength: rows }),
      })
      .map(({ a, y, classes }) => ({
        a: contents(input, rows, columns, a),
        y: kind === "classes" ? Int32Array.from(classes) : contents(values, rows, columns, y),
      }));
  });
}

/** The rows of an example that `order` names. */
function pick({ a, y }: Example, order: readonly number[]): Example {
  const from = ({ shape: [, columns], data }: Matrix): Matrix =>
    matrix(
      order.length,
      columns,
      order.flatMap((i) => [...data.slice(i * columns, (i + 1) * columns)]),
    );
  return {
    a: from(a),
    y: y instanceof Int32Array ? Int32Array.from(order, (i) => y[i]!) : from(y),
  };
}

test("the table refuses an export that it does not test", () => {
  expect(() => rows({ hinge: () => undefined })).toThrow("hinge is not listed in cases");
  expect(() => rows({ softmaxCrossEntropy: 2 })).toThrow("softmaxCrossEntropy is not");
});

test("every row of the table has a golden case, and every golden case a row", () => {
  const found = table.flatMap((row) => [goldenCase(row, "float64"), goldenCase(row, "float32")]);
  expect(new Set(found)).toEqual(new Set(golden.cases));
});

describe.each(table)("$label", (row) => {
  const { name, options, kind, loss } = row;

  test("is named as its export, and tags its definition with its constants", () => {
    if (name === "makeLoss") return;
    expect(loss.lossName).toBe(name);
    const [tag, ...constants] = definitionOf(row).kernel!;
    expect(tag).toBe(name + (kind === "classes" ? "OfClasses" : "OfValues"));
    for (const value of Object.values(options)) expect(constants).toContain(value);
  });

  test.each(dtypes)("value and gradient equal PyTorch's in %s", (dtype) => {
    const exact = dtype === "float64";
    const [relative, absolute] = exact ? [1e-12, 1e-15] : [2e-6, 1e-7];
    for (const { rows, columns, ...run } of goldenCase(row, dtype)!.runs) {
      const shape = [rows, columns] as const;
      const floats = (data: readonly number[]): Matrix => ({
        shape,
        data: exact ? Float64Array.from(data) : Float32Array.from(data),
      });
      const a = floats(run.a);
      const y = kind === "classes" ? Int32Array.from(run.y) : floats(run.y);
      const { loss: value, grad } = loss(a, y);
      expectAllClose([value, ...grad.data], [run.loss, ...run.grad], { relative, absolute });
      expect(grad.data.constructor).toBe(a.data.constructor);
      expect(grad.shape).toEqual(shape);
    }
  });

  test("its gradient is the central difference of its value", () => {
    fc.assert(
      fc.property(examples(row), ({ a, y }) => {
        // The slope of the loss made above has kinks at residuals of ±1.
        if (name === "makeLoss" && !(y instanceof Int32Array))
          fc.pre(a.data.every((x, i) => Math.abs(Math.abs(x - y.data[i]!) - 1) > 1e-3));
        const numeric = numericGradient(() => loss(a, y).loss, a.data as Float64Array);
        expectAllClose(loss(a, y).grad.data, numeric, { relative: 1e-6, absolute: 1e-9 });
      }),
      { numRuns: 300 },
    );
  });

  test("is 0 or more, and leaves its arguments as they are", () => {
    fc.assert(
      fc.property(examples(row), ({ a, y }) => {
        const before = structuredClone({ a, y });
        expect(loss(a, y).loss).toBeGreaterThanOrEqual(0);
        expect({ a, y }).toEqual(before);
      }),
    );
  });

  test("the loss of a batch is the mean of the losses of its rows, and so is the gradient", () => {
    fc.assert(
      fc.property(examples(row), (example) => {
        const n = example.a.shape[0];
        const batch = loss(example.a, example.y);
        const singles = Array.from({ length: n }, (_, i) => {
          const { a, y } = pick(example, [i]);
          return loss(a, y);
        });
        expectAllClose([batch.loss], [singles.reduce((sum, one) => sum + one.loss, 0) / n], {
          relative: 1e-12,
        });
        expectAllClose(
          batch.grad.data,
          singles.flatMap(({ grad }) => [...grad.data].map((x) => x / n)),
          { relative: 1e-12 },
        );
      }),
    );
  });

  test("permuting the rows permutes the gradient, bit for bit", () => {
    fc.assert(
      fc.property(examples(row), (example) => {
        const order = Array.from({ length: example.a.shape[0] }, (_, i) => i).reverse();
        const { a, y } = pick(example, order);
        const { grad, loss: value } = loss(example.a, example.y);
        expect(loss(a, y).grad.data).toEqual(pick({ a: grad, y }, order).a.data);
        expectAllClose([loss(a, y).loss], [value], { relative: 1e-12 });
      }),
    );
  });

  test("its definition allocates nothing", () => {
    const [{ a, y }] = fc.sample(examples(row), { numRuns: 1, seed: 1 }) as [Example];
    const definition = definitionOf(row);
    const targets = y instanceof Int32Array ? y : y.data;
    const grad = new Float64Array(a.data.length);
    const mean = new Float64Array(1);
    const allocating = ["slice", "subarray", "map", "filter", "toSorted", "toReversed", "with"];
    const prototype = Object.getPrototypeOf(Float64Array.prototype);
    for (const method of allocating)
      vi.spyOn(prototype, method).mockImplementation(() => expect.unreachable(method));
    for (const kind of ["Array", "Float32Array", "Float64Array", "Int32Array"])
      vi.stubGlobal(kind, undefined);
    try {
      definition(grad, mean, a.data, targets, ...a.shape);
    } finally {
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
    }
    expect(mean[0]).toBe(loss(a, y).loss);
  });

  test.each(dtypes)(
    "its definition touches the rows it is given alone, with the same bits on both backends, in %s",
    (dtype) => {
      fc.assert(
        fc.property(examples(row), ({ a, y }) => {
          const definition = definitionOf(row);
          const [rows, columns] = a.shape;
          const results = [reference, guard(products)].map((backend) => {
            const { session, buffers } = backend.open(dtype, (zeros) => ({
              grad: zeros((rows + 2) * columns, "float"),
              loss: zeros(1, "float"),
              a: zeros((rows + 2) * columns, "float"),
              y:
                kind === "classes"
                  ? zeros(rows + 2, "int32")
                  : zeros((rows + 2) * columns, "float"),
            }));
            buffers.a.fill(Number.NaN).set(a.data);
            buffers.y
              .fill(kind === "classes" ? 1e9 : Number.NaN)
              .set(y instanceof Int32Array ? y : y.data);
            buffers.grad.fill(-7);
            const given = structuredClone([[...buffers.a], [...buffers.y]]);
            const { grad, loss: mean } = buffers;
            session.call(definition, grad, mean, buffers.a, buffers.y, rows, columns);
            expect([[...buffers.a], [...buffers.y]]).toEqual(given);
            expect([...buffers.grad.subarray(rows * columns)]).toEqual(Array(2 * columns).fill(-7));
            return { loss: [...buffers.loss], grad: [...buffers.grad.subarray(0, rows * columns)] };
          });
          expect(results[1]).toEqual(results[0]);
          if (dtype === "float64") {
            const direct = loss(a, y);
            expect(results[0]).toEqual({ loss: [direct.loss], grad: [...direct.grad.data] });
          }
        }),
        { numRuns: 50 },
      );
    },
  );

  test("NaN in the first argument makes the loss NaN, or is refused where probabilities are asked for", () => {
    fc.assert(
      fc.property(examples(row), ({ a, y }) => {
        a.data[a.data.length - 1] = Number.NaN;
        if (row.input === "distributions") expect(() => loss(a, y)).toThrow(/f\[\d+\] is .*NaN/);
        else expect(loss(a, y).loss).toBe(Number.NaN);
      }),
    );
  });

  test("an empty batch and no columns are refused", () => {
    for (const [rows, columns] of [
      [0, 2],
      [2, 0],
      [0, 0],
    ] as const) {
      const none = matrix(rows, columns, []);
      const y = kind === "classes" ? new Int32Array(rows) : none;
      expect(() => loss(none, y)).toThrow(
        `but ${row.input === "distributions" ? "f" : "a"} is Float64Array, length 0, shape ${rows},${columns}`,
      );
    }
  });
});
