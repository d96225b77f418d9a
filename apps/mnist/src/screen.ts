import { styleText } from "node:util";

/** Where a program writes: lines that stay, and on a terminal one line that is drawn again and again. */
export interface Screen {
  /** Whether `show` shows anything. */
  readonly live: boolean;
  /** How many characters fit in a line. */
  columns(): number;
  /** Lines that stay. */
  print(text: string): void;
  /** The line at the bottom, in the place of the last one. */
  show(line: string): void;
  bold(text: string): string;
  dim(text: string): string;
}

/** The part of a stream that a screen needs. */
export type Output = Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;

/** How a screen departs from its defaults. */
export interface ScreenOptions {
  /** Neither a live line nor colours. False unless told. */
  readonly plain?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const CLEAR = "\r\x1b[2K";
const USUAL_COLUMNS = 80;

/**
 * A screen on a stream. Live on a terminal that can move its cursor, unless `plain`; in colour there,
 * unless NO_COLOR is set.
 */
export function screenOn(
  out: Output,
  { plain = false, env = process.env }: ScreenOptions = {},
): Screen {
  const live = out.isTTY === true && !plain && env.TERM !== "dumb";
  const styled = live && !env.NO_COLOR;
  let shown = false;
  const style =
    (format: "bold" | "dim") =>
    (text: string): string =>
      styled ? styleText(format, text, { validateStream: false }) : text;
  return {
    live,
    columns: () => out.columns || USUAL_COLUMNS,
    print: (text) => {
      out.write(`${shown ? CLEAR : ""}${text}\n`);
      shown = false;
    },
    show: (line) => {
      if (!live) return;
      out.write(`${CLEAR}${line}`);
      shown = line !== "";
    },
    bold: style("bold"),
    dim: style("dim"),
  };
}
