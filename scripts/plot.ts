import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";

/** A small SVG picture of g (solid) and g' (dashed) between -4 and 4. */
export function plot(name: string, g: (a: number) => number, dg: (a: number) => number): string {
  const [width, height, margin] = [200, 140, 14];
  const x = scaleLinear([-4, 4], [margin, width - margin]);
  const y = scaleLinear([-1.5, 2.5], [height - margin, margin]);
  const curve = (f: (a: number) => number): string => {
    const points = Array.from({ length: 321 }, (_, i) => -4 + i / 40)
      .map((a) => [a, f(a)] as const)
      .filter(([, value]) => value >= -1.5 && value <= 2.5);
    return line<readonly [number, number]>(
      ([a]) => Number(x(a).toFixed(1)),
      ([, value]) => Number(y(value).toFixed(1)),
    )(points)!;
  };
  const label = (at: number, up: number, text: string | number): string =>
    `<text x="${at}" y="${up}" font-size="8" fill="#888">${text}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif">`,
    `<title>${name}: g solid, g' dashed</title>`,
    `<path d="M${margin},${y(0)}H${width - margin}M${x(0)},${margin}V${height - margin}" stroke="#888" stroke-width="0.5"/>`,
    ...[-4, -2, 2, 4].map((a) => label(x(a) - 4, y(0) + 9, a)),
    ...[-1, 1, 2].map((h) => label(x(0) + 3, y(h) + 3, h)),
    `<path d="${curve(g)}" fill="none" stroke="#1f77b4" stroke-width="1.8"/>`,
    `<path d="${curve(dg)}" fill="none" stroke="#ff7f0e" stroke-width="1.5" stroke-dasharray="4 3"/>`,
    "</svg>",
    "",
  ].join("\n");
}
