import { writeFileSync } from "node:fs";
import { PNG } from "pngjs";

// Draws ../examples/seven.png, a seven as written with a pen: something to predict at once.

const SIZE = 240;
const PEN = 8; // half the width of a stroke
const INK = [32, 48, 110] as const;
const PAPER = [250, 248, 240] as const;

// The strokes, as points of one line: the bar, a little curved, and the leg.
const line = [
  [62, 62],
  [90, 57],
  [130, 56],
  [172, 58],
  [160, 86],
  [140, 122],
  [124, 158],
  [114, 196],
] as const;

function distance(x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [i, [bx, by]] of line.entries()) {
    const [ax, ay] = line[Math.max(0, i - 1)]!;
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return least;
}

const png = new PNG({ width: SIZE, height: SIZE });
for (let y = 0; y < SIZE; y++)
  for (let x = 0; x < SIZE; x++) {
    const ink = Math.min(1, Math.max(0, PEN + 0.5 - distance(x + 0.5, y + 0.5)));
    const colour = INK.map((value, c) => Math.round(ink * value + (1 - ink) * PAPER[c]!));
    png.data.set([...colour, 255], 4 * (y * SIZE + x));
  }
writeFileSync(
  new URL("../examples/seven.png", import.meta.url),
  PNG.sync.write(png, { colorType: 2 }),
);
