import { leakyRelu, relu } from "@feedforward/activations";
import { expect, test } from "vitest";
import { dense, dropout, mlp, summary } from "./index.ts";

test("summary() tells layer by layer what there is to learn", () => {
  const net = mlp(784, [dense(128, relu), dropout(0.2), dense(10, leakyRelu({ slope: 0.2 }))]);
  expect(summary(net)).toMatchInlineSnapshot(`
    {
      "bytes": 407080,
      "layers": [
        {
          "layer": "dense 128 relu",
          "parameters": 100480,
          "shape": [
            null,
            128,
          ],
        },
        {
          "layer": "dropout 0.2",
          "parameters": 0,
          "shape": [
            null,
            128,
          ],
        },
        {
          "layer": "dense 10 leakyRelu",
          "parameters": 1290,
          "shape": [
            null,
            10,
          ],
        },
      ],
      "parameters": 101770,
    }
  `);
});

test("summary() counts eight bytes for a float64", () => {
  expect(summary(mlp(2, [dense(3)], { dtype: "float64" })).bytes).toBe(9 * 8);
});

test("summary() shows whatever options a layer has", () => {
  const options = { units: 2, on: true, limits: [1, 2], name: "mine", more: { deep: null } };
  const layer = { ...dense(2), name: "own", options };
  expect(summary(mlp(2, [layer])).layers[0]?.layer).toBe('own 2 true [1,2] mine {"deep":null}');
});
