import { writeFileSync } from "node:fs";
import { PNG } from "pngjs";
import { loadRun } from "../src/load-run.ts";

// Draws what each hidden unit of a run looks for: its weights as a picture, orange where it wants ink,
// blue where it wants none.
//     node --conditions=@feedforward/source apps/mnist/scripts/draw-weights.ts runs/1 hidden-units.png

const [run = "runs/1", file = "hidden-units.png"] = process.argv.slice(2);
const COLUMNS = 16;
const GAP = 2;
const SCALE = 2; // pixels of the picture for one of the image
const MORE = [230, 97, 1] as const;
const LESS = [33, 102, 172] as const;

const { net, height, width } = await loadRun(run);
const W = net.layers.flatMap(({ params }) => params)[0]!;
const units = W.shape[0]!;
const rows = Math.ceil(units / COLUMNS);
const cellWidth = width * SCALE + GAP;
const cellHeight = height * SCALE + GAP;
const png = new PNG({ width: COLUMNS * cellWidth + GAP, height: rows * cellHeight + GAP });
png.data.fill(255);
for (let unit = 0; unit < units; unit++) {
  const weights = W.data.subarray(unit * width * height, (unit + 1) * width * height);
  let most = 0;
  for (const w of weights) most = Math.max(most, Math.abs(w));
  const left = GAP + (unit % COLUMNS) * cellWidth;
  const top = GAP + Math.floor(unit / COLUMNS) * cellHeight;
  for (let y = 0; y < height * SCALE; y++)
    for (let x = 0; x < width * SCALE; x++) {
      const w = weights[Math.floor(y / SCALE) * width + Math.floor(x / SCALE)]! / most;
      const colour = (w > 0 ? MORE : LESS).map((c) => Math.round(255 - Math.abs(w) * (255 - c)));
      png.data.set([...colour, 255], 4 * ((top + y) * png.width + left + x));
    }
}
writeFileSync(file, PNG.sync.write(png, { colorType: 2 }));
