const LIGHT = 64; // a pixel from here on is drawn

/** An image in block characters, two rows of pixels a line. */
export function blockPicture(image: Uint8Array, width: number): readonly string[] {
  const on = (x: number, y: number): boolean => (image[y * width + x] ?? 0) >= LIGHT;
  const lines: string[] = [];
  for (let y = 0; y * width < image.length; y += 2) {
    let line = "";
    for (let x = 0; x < width; x++) {
      const [upper, lower] = [on(x, y), on(x, y + 1)];
      line += upper ? (lower ? "█" : "▀") : lower ? "▄" : " ";
    }
    lines.push(line);
  }
  return lines;
}
