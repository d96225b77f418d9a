import { expectAllClose } from "@feedforward/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { normalQuantile } from "./normal-quantile.ts";

test("equals PyTorch's torch.special.ndtri in the centre, the shoulders and the tails", () => {
  const z = {
    "1e-300": -37.0470962993612,
    "1e-20": -9.262340089798409,
    "1e-12": -7.034483825301131,
    "1e-10": -6.361340902404056,
    "0.01": -2.3263478740408408,
    "0.05": -1.6448536269514729,
    "0.25": -0.6744897501960817,
    "0.5": 0,
    "0.9": 1.2815515655446004,
    "0.999999": 4.753424308817087,
  };
  expectAllClose(
    Object.keys(z).map((p) => normalQuantile(Number(p))),
    Object.values(z),
    { relative: 1e-14, absolute: 0 },
  );
});

test("is odd about 1/2, and rises", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 2 }), (n) => {
      const p = n / 2 ** 32;
      expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
      expect(normalQuantile(p + 1 / 2 ** 32)).toBeGreaterThan(normalQuantile(p));
    }),
  );
});
