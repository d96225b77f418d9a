import { InvalidArgumentError } from "commander";

/** Reads a number of one kind from the command line; commander puts the option's name before the error. */
const numeric =
  (expected: string, fits: (value: number) => boolean) =>
  (text: string): number => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!fits(value)) throw new InvalidArgumentError(`It takes ${expected}.`);
    return value;
  };

const whole = Number.isSafeInteger;

export const positiveInteger: (text: string) => number = numeric(
  "a whole number from 1",
  (value) => whole(value) && value >= 1,
);
export const seedValue: (text: string) => number = numeric(
  "a whole number from 0 to 4294967295",
  (value) => whole(value) && value >= 0 && value < 2 ** 32,
);
export const positive: (text: string) => number = numeric(
  "a number above 0",
  (value) => value > 0 && Number.isFinite(value),
);
export const notNegative: (text: string) => number = numeric(
  "a number from 0",
  (value) => value >= 0 && Number.isFinite(value),
);
export const fraction: (text: string) => number = numeric(
  "a number from 0 to below 1",
  (value) => value >= 0 && value < 1,
);

const WIDEST = 65_536;

/** The widths of the hidden layers: "512,512", or "none". */
export function hiddenWidths(text: string): readonly number[] {
  if (text === "none") return [];
  const widths = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (!widths.every((width) => whole(width) && width >= 1 && width <= WIDEST))
    throw new InvalidArgumentError(
      `It takes whole numbers from 1 to ${WIDEST}, with commas between them, as in 512,512; or none.`,
    );
  return widths;
}
