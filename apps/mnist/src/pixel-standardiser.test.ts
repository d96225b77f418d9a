import { expect, test } from "vitest";
import { pixelStandardiser } from "./pixel-standardiser.ts";

test("all pixels together get mean 0 and standard deviation 1", () => {
  const x = { shape: [2, 3], data: Uint8Array.of(0, 0, 255, 10, 20, 0) } as const;
  const { mean, std } = pixelStandardiser(x);
  expect([mean.length, std.length]).toEqual([3, 3]);
  const scaled = [...x.data].map((value, i) => (value - mean[i % 3]!) / std[i % 3]!);
  expect(scaled.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0);
  expect(scaled.reduce((sum, value) => sum + value * value, 0) / 6).toBeCloseTo(1);
});

test("images of one shade, or none, are only scaled", () => {
  for (const data of [new Uint8Array(6).fill(7), new Uint8Array(0)]) {
    const { mean, std } = pixelStandardiser({ shape: [data.length / 3, 3], data });
    expect([mean[0], std[0]]).toEqual([0, 255]);
  }
});
