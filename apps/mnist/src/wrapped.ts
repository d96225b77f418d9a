/**
 * A heading and its parts, with commas between them, broken into lines shorter than `columns`; the
 * lines after the first are indented as far as the heading reaches.
 */
export function wrapped(
  heading: string,
  parts: readonly string[],
  columns: number,
): readonly string[] {
  const lines: string[] = [];
  let line = heading;
  parts.forEach((part, i) => {
    const text = i === parts.length - 1 ? part : `${part},`;
    const space = line === heading || line.trim() === "" ? "" : " ";
    if (space && line.length + space.length + text.length >= columns) {
      lines.push(line);
      line = " ".repeat(heading.length) + text;
    } else line += space + text;
  });
  return [...lines, line];
}
