import { describe, expect, test } from "vitest";
import { screenOn } from "./screen.ts";

const collect = (isTTY: boolean) => {
  const written: string[] = [];
  const out = {
    isTTY,
    columns: 0,
    write: (text: string | Uint8Array) => !!written.push(`${text}`),
  };
  return { written, out };
};

describe("screenOn a terminal", () => {
  test("draws the live line again, and clears it before a line that stays", () => {
    const { written, out } = collect(true);
    const screen = screenOn(out, { env: {} });
    screen.show("1 %");
    screen.show("2 %");
    screen.print("done");
    screen.print("bye");
    expect(written).toEqual(["\r\x1b[2K1 %", "\r\x1b[2K2 %", "\r\x1b[2Kdone\n", "bye\n"]);
  });

  test("is 80 columns wide where the terminal does not say", () => {
    expect(screenOn(collect(true).out).columns()).toBe(80);
  });

  test("has no colours with NO_COLOR, and no live line with plain or a dumb terminal", () => {
    const { out } = collect(true);
    expect(screenOn(out, { env: {} }).bold("x")).toBe("\x1b[1mx\x1b[22m");
    expect(screenOn(out, { env: { NO_COLOR: "1" } }).bold("x")).toBe("x");
    expect(screenOn(out, { env: { NO_COLOR: "1" } }).live).toBe(true);
    expect(screenOn(out, { env: {}, plain: true }).live).toBe(false);
    expect(screenOn(out, { env: { TERM: "dumb" } }).live).toBe(false);
  });
});

test("screenOn anything else writes plain lines only", () => {
  const { written, out } = collect(false);
  const screen = screenOn(out, { env: {} });
  screen.show("1 %");
  screen.print(screen.bold("done"));
  expect(written).toEqual(["done\n"]);
});
