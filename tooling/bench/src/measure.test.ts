import { describe, expect, test } from "vitest";
import { fakeReply } from "./fake-driver.ts";
import {
  callsPerSlice,
  check,
  distance,
  ledIn,
  rotation,
  stepsPerSlice,
  TOLERANCE,
  takeRounds,
} from "./measure.ts";
import type { Ask, Request } from "./protocol.ts";

function fake(options: Parameters<typeof fakeReply>[2] = {}) {
  const asked: Request[] = [];
  const state = { steps: 0 };
  const ask = (async (request: Request) => {
    asked.push(request);
    return fakeReply(request, state, options);
  }) as Ask;
  return { ask, asked, state };
}

describe("check", () => {
  test("gives the loss after 10 and after 100 steps, all of one run", async () => {
    const { ask, asked } = fake();
    expect(await check(ask, 60)).toEqual([
      { steps: 10, loss: 1 / 11 },
      { steps: 100, loss: 1 / 101 },
    ]);
    expect(asked.map(({ op }) => op)).toEqual(["prepare", "steps", "loss", "steps", "loss"]);
  });

  test("stops after 10 steps where 100 take too long", async () => {
    const { ask } = fake({ secondsPerStep: 2 });
    expect(await check(ask, 60)).toEqual([{ steps: 10, loss: 1 / 11 }]);
  });
});

describe("distance", () => {
  const [ten, hundred] = [
    { steps: 10, loss: 2 },
    { steps: 100, loss: 1 },
  ];

  test("compares at the last step that both have reached", () => {
    const others = [
      { steps: 10, loss: 2.5 },
      { steps: 100, loss: 1.25 },
    ];
    expect(distance([ten, hundred], others)).toEqual({ steps: 100, difference: -0.25 });
    expect(distance([ten], others)).toEqual({ steps: 10, difference: -0.5 });
    expect(distance([ten, hundred], others, 10)).toEqual({ steps: 10, difference: -0.5 });
    expect(distance([], others)).toBeUndefined();
  });

  test("is NaN for a loss that is not a number, so that it is never within the tolerance", () => {
    const { difference } = distance([{ steps: 10, loss: Number.NaN }], [ten])!;
    expect(Math.abs(difference) <= TOLERANCE).toBe(false);
  });
});

describe("stepsPerSlice", () => {
  test("finds how many steps make a slice", async () => {
    expect(await stepsPerSlice(fake({ secondsPerStep: 0.001 }).ask, 0.2)).toBe(200);
    expect(await stepsPerSlice(fake({ secondsPerStep: 0.07 }).ask, 0.2)).toBe(3);
  });

  test("takes one step where a step is longer than a slice", async () => {
    const { ask, state } = fake({ secondsPerStep: 5 });
    expect(await stepsPerSlice(ask, 0.2)).toBe(1);
    expect(state.steps).toBe(2);
  });

  test("leaves the system prepared for what it found, a slice after the preparation", async () => {
    for (const [secondsPerStep, steps] of [
      [0.07, 3],
      [0.12, 2],
    ] as const) {
      const { ask, asked } = fake({ secondsPerStep });
      await stepsPerSlice(ask, 0.2);
      const last = asked.findLastIndex(({ op }) => op === "prepare");
      expect(asked.slice(last, last + 2)).toEqual([
        { op: "prepare", steps },
        { op: "steps", steps },
      ]);
    }
  });

  test("is not misled by what a preparation puts off", async () => {
    const { ask } = fake({ secondsPerStep: 0.001 });
    let prepared = false;
    const lazy = (async (request: Request) => {
      if (request.op === "prepare") prepared = true;
      const reply = (await ask(request)) as { seconds: number };
      if (request.op === "steps" && prepared) {
        prepared = false;
        return { seconds: reply.seconds + 10 };
      }
      return reply;
    }) as Ask;
    expect(await stepsPerSlice(lazy, 0.2)).toBe(200);
  });
});

describe("callsPerSlice", () => {
  test("asks for all rows while a call stays below the limit", async () => {
    const { ask } = fake({ secondsPerStep: 0.02 }); // 20 us a row
    const paced = { target: 0.1, limit: 2 };
    expect(await callsPerSlice(ask, 10_000, paced)).toEqual({ rows: 10_000, count: 1 });
    expect(await callsPerSlice(ask, 1, paced)).toEqual({ rows: 1, count: 5000 });
  });

  test("asks for a tenth of them where a call would take longer", async () => {
    const { ask } = fake({ secondsPerStep: 1 });
    expect(await callsPerSlice(ask, 10_000, { target: 0.1, limit: 2 })).toEqual({
      rows: 1000,
      count: 1,
    });
  });
});

test("rotation lets everyone begin a round once in as many rounds", () => {
  expect([0, 1, 2, 3].map((round) => rotation(3, round))).toEqual([
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
    [0, 1, 2],
  ]);
});

describe("ledIn", () => {
  test("takes a slice twice, and gives the seconds of the second", async () => {
    let calls = 0;
    const slice = ledIn(async () => ({ seconds: ++calls / 10 }));
    expect([await slice(), await slice()]).toEqual([{ seconds: 0.2 }, { seconds: 0.4 }]);
    expect(calls).toBe(4);
  });

  test("takes it once where the last one took over a second", async () => {
    const seconds = [5, 1.1, 1, 0.5, 0.4, 5, 0.3];
    const slice = ledIn(async () => ({ seconds: seconds.shift()! }));
    const timed = [await slice(), await slice(), await slice(), await slice()];
    expect(timed.map((one) => one.seconds)).toEqual([1.1, 1, 0.4, 0.3]);
  });

  test("fails where the untimed one does", async () => {
    const slice = ledIn(async () => {
      throw new Error("out of memory");
    });
    await expect(slice()).rejects.toThrow("out of memory");
  });
});

describe("takeRounds", () => {
  const entry = (id: string, slice: () => Promise<{ seconds: number }>) => ({
    id,
    series: { count: 1, seconds: [] as number[] },
    slice,
  });

  test("asks everyone in each round", async () => {
    const order: string[] = [];
    const entries = ["a", "b"].map((id) => entry(id, async () => ({ seconds: order.push(id) })));
    await takeRounds(entries, 3, { failed: () => expect.unreachable() });
    expect(order).toEqual(["a", "b", "b", "a", "a", "b"]);
    expect(entries.map(({ series }) => series.seconds)).toEqual([
      [1, 4, 5],
      [2, 3, 6],
    ]);
  });

  test("leaves out what has failed, and goes on", async () => {
    let calls = 0;
    const entries = [
      entry("good", async () => ({ seconds: 1 })),
      entry("bad", async () => {
        if (++calls === 2) throw new Error("out of memory");
        return { seconds: 2 };
      }),
    ];
    const failures: string[] = [];
    await takeRounds(entries, 4, {
      failed: (id, { message }) => failures.push(`${id}: ${message}`),
    });
    expect(failures).toEqual(["bad: out of memory"]);
    expect(entries.map(({ series }) => series.seconds)).toEqual([[1, 1, 1, 1], [2]]);
  });

  test("keeps what is measured when it is interrupted, and blames nobody", async () => {
    const interruption = new AbortController();
    const entries = [
      entry("a", async () => ({ seconds: 1 })),
      entry("b", async () => {
        interruption.abort();
        throw new Error("killed");
      }),
    ];
    await takeRounds(entries, 4, {
      failed: () => expect.unreachable(),
      signal: interruption.signal,
    });
    expect(entries.map(({ series }) => series.seconds)).toEqual([[1], []]);
  });
});
