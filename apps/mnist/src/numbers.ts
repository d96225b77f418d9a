/** A count as people write it: 60,000. */
export const count = (n: number): string => n.toLocaleString("en-US");

/** A share in percent: "97.62 %". */
export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** A count with its noun: "1 time", "2 times". */
export const counted = (n: number, noun: string): string =>
  `${count(n)} ${noun}${n === 1 ? "" : "s"}`;

/** A learning rate, to 3 digits: "0.1", "0.0123", "1.20e-7". */
export const rate = (value: number): string =>
  value !== 0 && value < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
