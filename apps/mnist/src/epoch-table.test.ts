import { expect, test } from "vitest";
import { type Epoch, epochHeader, epochRow } from "./epoch-table.ts";

const epoch: Epoch = {
  epoch: 3,
  loss: 0.21134,
  accuracy: 0.93721,
  validation: { loss: 0.2344, accuracy: 0.9312 },
  learningRate: 0.1,
  samplesPerSecond: 9000,
  seconds: 1.234,
};

test("an epoch is a row below its header, 71 characters wide", () => {
  const { validation: _, ...without } = epoch;
  const late = { ...epoch, epoch: 1000, accuracy: 1, learningRate: 1.23456e-7, seconds: 3729 };
  const lines = [...epochHeader, epochRow(epoch), epochRow(late), epochRow(without)];
  expect(lines.map(({ length }) => length)).toEqual([62, 71, 71, 71, 71]);
  expect(`\n${lines.join("\n")}`).toMatchInlineSnapshot(`
    "
            training              validation              learning
    epoch       loss   accuracy         loss   accuracy       rate     time
        3     0.2113    93.72 %       0.2344    93.12 %        0.1    1.2 s
     1000     0.2113   100.00 %       0.2344    93.12 %    1.23e-7  1:02:09
        3     0.2113    93.72 %            -          -        0.1    1.2 s"
  `);
});
