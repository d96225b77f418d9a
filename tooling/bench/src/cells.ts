// What a cell of a page holds, and the table around it.

/** Three significant digits, thousands apart. */
export function digits(value: number): string {
  const rounded = Number(value.toPrecision(3));
  if (Math.abs(rounded) >= 1000) return grouped(`${rounded}`);
  return Math.abs(rounded) >= 100 ? `${rounded}` : rounded.toPrecision(3);
}

/** Digits with thousands apart. */
export const grouped = (integer: string): string => integer.replace(/\B(?=(\d{3})+$)/g, ",");

/** Seconds in the unit that suits them. */
export function duration(seconds: number): string {
  if (seconds < 1e-3) return `${digits(seconds * 1e6)} us`;
  return seconds < 1 ? `${digits(seconds * 1e3)} ms` : `${digits(seconds)} s`;
}

/** Bytes in whole MiB. */
export const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)}`;

/** A Markdown table whose first columns, `left` of them, are words. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  left = 1,
): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, i) => (i < left ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
