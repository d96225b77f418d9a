import { guard } from "@feedforward/testing";
import { describe, expect, test } from "vitest";
import { type ConformanceOptions, conformance, recordedCalls } from "./conformance.ts";
import {
  type Backend,
  define,
  type FloatArray,
  products,
  reference,
  type Session,
  type Zeros,
} from "./index.ts";

describe.each([reference, guard(products)])("$name conforms", (backend) => {
  for (const { name, run } of conformance(backend)) test(name, run);
});

test("no two checks have the same name", () => {
  const names = conformance(reference).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

/** What the first check that fails says. */
async function complaintOf(
  open: Backend["open"],
  options?: ConformanceOptions,
): Promise<string | undefined> {
  for (const { name, run } of conformance({ name: "broken", open }, options))
    try {
      await run();
    } catch (error) {
      return `${name}: ${(error as Error).message}`;
    }
  return undefined;
}

/** The same of a backend whose session departs from the reference's. */
const complaint = (
  departs: (session: Session) => Partial<Session>,
  options?: ConformanceOptions,
): Promise<string | undefined> =>
  complaintOf((dtype, layout) => {
    const { session, buffers } = reference.open(dtype, layout);
    return { session: { ...session, ...departs(session) }, buffers };
  }, options);

const beside = (x: FloatArray, at: number): void => {
  new Float32Array(x.buffer)[x.byteOffset / 4 + at] = 1;
};

describe("what does not conform is found", () => {
  test("a reference without faults has none", async () => {
    expect(await complaint(() => ({}))).toBeUndefined();
  });

  test("a product that is wrong, accumulates, or forgets its bias", async () => {
    expect(await complaint(({ nt }) => ({ nn: nt }))).toMatchInlineSnapshot(
      `"nn computes its definition for 1 x 13 x 5: C of nn is to be 1.5723772048950195 in entry 0 of 13, but is -0.18280568718910217"`,
    );
    expect(
      await complaint(({ tn }) => ({ tn: (c, a, b, m, n, k) => tn(c, a, b, m, n, k, 0) })),
    ).toMatchInlineSnapshot(
      `"tn onto C computes its definition for 1 x 1 x 1: C of tn onto C is to be 0.1537439525127411 in entry 0 of 1, but is 0.16366443037986755"`,
    );
    expect(
      await complaint(({ nt }) => ({ nt: (c, a, b, m, n, k) => nt(c, a, b, m, n, k) })),
    ).toMatchInlineSnapshot(
      `"nt with a bias computes its definition for 1 x 1 x 1: C of nt with a bias is to be 0.5628647804260254 in entry 0 of 1, but is 0.16366443037986755"`,
    );
  });

  test("a product that skips zeros whatever they meet", async () => {
    const skipping = (
      c: FloatArray,
      a: FloatArray,
      b: FloatArray,
      m: number,
      n: number,
      k: number,
    ) => {
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++) {
          let sum = 0;
          for (let p = 0; p < k; p++) if (a[i * k + p] !== 0) sum += a[i * k + p]! * b[p * n + j]!;
          c[i * n + j] = sum;
        }
    };
    expect(await complaint(() => ({ nn: skipping }))).toMatchInlineSnapshot(
      `"nn lets NaN and infinities through, 7 x 19 x 5: C of nn is to be NaN in entry 8 of 133, but is -Infinity"`,
    );
  });

  test("a product or a definition that writes beside its result", async () => {
    expect(
      await complaint(({ nn }) => ({
        nn: (c, ...rest) => {
          nn(c, ...rest);
          if (c.length > 0) beside(c, c.length);
        },
      })),
    ).toMatchInlineSnapshot(
      `"nn computes its definition for 1 x 1 x 1: nn is to write into C alone, but has written beside an operand"`,
    );
    expect(
      await complaint(({ call }) => ({
        call: (f, ...args) => {
          call(f, ...args);
          if (f.kernel?.[0] === "sumRows") beside(args[0] as FloatArray, -1);
        },
      })),
    ).toMatchInlineSnapshot(
      `"sumRows() computes its definition: sumRows() is to write into its arguments alone, but has written beside argument 0"`,
    );
  });

  test("a twin that is not its definition, among the calls that were handed in", async () => {
    const double = define("double", (x: FloatArray) => {
      for (let i = 0; i < x.length; i++) x[i]! *= 2;
    });
    const calls = recordedCalls((call) => call(double, Float32Array.of(1, 2)), "of two numbers");
    const tripled: Session["call"] = (f, ...args) => {
      f(...args);
      if (f.kernel?.[0] === "double") (args[0] as FloatArray)[1] = 6;
    };
    expect(await complaint(() => ({ call: tripled }), { calls })).toMatchInlineSnapshot(
      `"double() computes its definition of two numbers: argument 0 of double() is to be 4 in entry 1 of 2, but is 6"`,
    );
  });

  test("weights that are kept in another form and go stale there", async () => {
    const keeping = (until: "forever" | "pushed") =>
      complaint(({ nt, push }) => {
        const kept = new Map<FloatArray, FloatArray>();
        return {
          nt(c, a, b, m, n, k, bias) {
            const isLarge = n * k >= 2048 && m < 250;
            if (isLarge && !kept.has(b)) kept.set(b, b.slice());
            nt(c, a, kept.get(b) ?? b, m, n, k, bias);
          },
          push(...buffers) {
            if (until === "pushed") kept.clear();
            push(...buffers);
          },
        };
      });
    expect(await keeping("forever")).toMatchInlineSnapshot(
      `"training computes what the reference does, with weights of 64 x 80: a after step 19 of training is to be -0.7244417071342468 in entry 0 of 2560, but is -0.47730445861816406"`,
    );
    expect(await keeping("pushed")).toMatchInlineSnapshot(
      `"operations in any order compute what the reference does, with weights of 64 x 80: a after operation 29 of program 2 is to be 1.2563458681106567 in entry 0 of 2560, but is 1.4777663946151733"`,
    );
  });

  test("memory that is not zero, of another kind, shared, unsealed or not counted", async () => {
    const open = reference.open;
    expect(
      await complaintOf((dtype, layout) =>
        open(dtype, (zeros) => layout((length, kind) => zeros(length, kind).fill(1) as never)),
      ),
    ).toMatchInlineSnapshot(
      `"open() lays out zeros of the kinds and lengths asked for: buffer 0 is to hold zeros"`,
    );
    expect(
      await complaintOf((dtype, layout) =>
        open(dtype, (zeros) => layout(((length) => zeros(length, "float")) as Zeros)),
      ),
    ).toMatchInlineSnapshot(
      `"open() lays out zeros of the kinds and lengths asked for: buffer 4 is to be Int32Array(5), but is Float32Array(5)"`,
    );
    const one = new ArrayBuffer(2 ** 20);
    expect(
      await complaintOf((dtype, layout) =>
        open(dtype, (zeros) =>
          layout(
            (length, kind) =>
              (kind === "float" ? new Float32Array(one, 0, length) : zeros(length, kind)) as never,
          ),
        ),
      ),
    ).toMatchInlineSnapshot(
      `"what the host writes into one buffer shows in no other: buffer 0 is to be 1"`,
    );
    expect(
      await complaintOf((dtype, layout) => {
        const buffers = layout(
          (length, kind) => open(dtype, (zeros) => zeros(length, kind)).buffers,
        );
        return { session: open(dtype, (zeros) => zeros(2 ** 16, "float")).session, buffers };
      }),
    ).toMatchInlineSnapshot(
      `"zeros() refuses impossible lengths, and anything after open(): a buffer after open() is to be refused, but is not"`,
    );
    expect(await complaint(() => ({ bytes: Number.NaN }))).toMatchInlineSnapshot(
      `"a session tells the bytes of everything laid out: bytes are to be 207 or more, but are NaN"`,
    );
  });
});
