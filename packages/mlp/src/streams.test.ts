import { expect, test } from "vitest";
import { checkStream, dropoutStream, initialStream, shuffleStream } from "./streams.ts";

test("no two purposes share a stream, nor two places within one", () => {
  const places = [0, 1, 2, 255, 1000];
  const streams = [
    ...places.flatMap((layer) => [0, 1, 255].map((i) => initialStream(0, layer, i).stream)),
    ...places.map((epoch) => shuffleStream(0, epoch).stream),
    ...places.map(dropoutStream),
    checkStream(0).stream,
  ];
  expect(new Set(streams).size).toBe(streams.length);
});
