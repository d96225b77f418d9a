import type { Backend, Buffer, Zeros } from "../backend.ts";
import { sumRows } from "../sum-rows.ts";
import type { Check } from "./check.ts";
import { expectThat } from "./expect-close.ts";

const arrays = { float: Float32Array, int32: Int32Array, uint8: Uint8Array };
const kinds = ["float", "int32", "uint8"] as const;
const lengths = [5, 0, 17, 1];

function refuses(act: () => unknown, what: string): void {
  try {
    act();
  } catch {
    return;
  }
  throw new Error(`${what} is to be refused, but is not`);
}

/** What a backend promises of memory: all of it is there when `open` returns, and only that. */
export function memoryChecks(backend: Backend): Check[] {
  const laid = () =>
    backend.open("float32", (zeros) =>
      kinds.flatMap((kind) =>
        lengths.map((length) => ({ kind, x: zeros(length, kind) as Buffer })),
      ),
    );
  return [
    {
      name: "open() lays out zeros of the kinds and lengths asked for",
      run: async () => {
        for (const [i, { kind, x }] of laid().buffers.entries()) {
          const wanted = `${arrays[kind].name}(${lengths[i % lengths.length]})`;
          const found = `${x.constructor.name}(${x.length})`;
          expectThat(wanted === found, `buffer ${i} is to be ${wanted}, but is ${found}`);
          expectThat(
            x.every((value: number) => value === 0),
            `buffer ${i} is to hold zeros`,
          );
        }
      },
    },
    {
      name: "what the host writes into one buffer shows in no other",
      run: async () => {
        const { session, buffers } = laid();
        const [one, two] = [buffers.map(({ x }) => x), laid().buffers.map(({ x }) => x)];
        for (const [i, x] of one.entries()) x.fill(i + 1);
        session.push(...one);
        await session.pull(...one);
        for (const [i, x] of one.entries())
          expectThat(
            x.every((value: number) => value === i + 1),
            `buffer ${i} is to be ${i + 1}`,
          );
        for (const x of two)
          expectThat(
            x.every((value: number) => value === 0),
            "another run's buffer is to be 0",
          );
      },
    },
    {
      name: "a session tells the bytes of everything laid out",
      run: async () => {
        const { session, buffers } = laid();
        const least = buffers.reduce((sum, { x }) => sum + x.byteLength, 0);
        expectThat(
          Number.isSafeInteger(session.bytes) && session.bytes >= least,
          `bytes are to be ${least} or more, but are ${session.bytes}`,
        );
      },
    },
    {
      name: "zeros() refuses impossible lengths, and anything after open()",
      run: async () => {
        let kept: Zeros | undefined;
        backend.open("float32", (zeros) => {
          kept = zeros;
          for (const length of [-1, 1.5, Number.NaN])
            refuses(() => zeros(length, "float"), `a buffer of length ${length}`);
          return zeros(3, "float");
        });
        refuses(() => kept!(1, "float"), "a buffer after open()");
      },
    },
    {
      name: "open() gives doubles for float64, or refuses it",
      run: async () => {
        let found: string;
        try {
          const { buffers } = backend.open("float64", (zeros) => zeros(2, "float"));
          found = buffers.constructor.name;
        } catch (error) {
          if (error instanceof TypeError) return;
          found = String(error);
        }
        expectThat(
          found === "Float64Array",
          `float64 is to give a Float64Array or a TypeError, but gives ${found}`,
        );
      },
    },
    {
      name: "an empty product and an empty definition leave everything as it is",
      run: async () => {
        const { session, buffers } = backend.open("float32", (zeros) => zeros(4, "float"));
        buffers.fill(3);
        session.push(buffers);
        session.nn(buffers.subarray(0, 0), buffers, buffers, 0, 0, 2);
        session.call(sumRows, buffers.subarray(0, 0), buffers, 2, 0);
        await session.pull(buffers);
        expectThat(
          buffers.every((x) => x === 3),
          "a buffer is to stay as it was",
        );
      },
    },
  ];
}
