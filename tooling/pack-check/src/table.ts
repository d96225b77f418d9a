/** How a check ended: "ok" (perhaps with a figure), "failed", or "skipped". */
export type Cell =
  | { readonly state: "ok"; readonly text?: string }
  | { readonly state: "failed" | "skipped" };

const shown = (cell: Cell | undefined): string =>
  cell === undefined
    ? ""
    : cell.state === "ok"
      ? (cell.text ?? "ok")
      : cell.state === "failed"
        ? "FAILED"
        : "-";

/** Lays out a table of rows by columns as text. */
export const table = (
  rows: ReadonlyMap<string, ReadonlyMap<string, Cell>>,
  columns: readonly string[],
): string => {
  const lines = [
    ["", ...columns],
    ...[...rows].map(([name, cells]) => [
      name,
      ...columns.map((column) => shown(cells.get(column))),
    ]),
  ];
  const widths = lines[0]!.map((_, column) =>
    Math.max(...lines.map((line) => line[column]!.length)),
  );
  return lines
    .map((line) =>
      line
        .map((text, column) => text.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};
