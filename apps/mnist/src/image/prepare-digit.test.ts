import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockPicture } from "./block-picture.ts";
import { prepareDigit, SIDE } from "./prepare-digit.ts";
import type { Picture } from "./read-png.ts";

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
const black: Colour = [0, 0, 0, 255];
const white: Colour = [255, 255, 255, 255];
const clear: Colour = [0, 0, 0, 0];

/** A picture that is `ink` where `inside`, and `ground` elsewhere. */
function drawn(
  width: number,
  height: number,
  inside: (x: number, y: number) => boolean,
  ink: Colour = black,
  ground: Colour = white,
): Picture {
  const rgba = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rgba.set(inside(x, y) ? ink : ground, 4 * (y * width + x));
  return { width, height, rgba };
}

/** A seven, its bar and its leg, in a field of `size`, from (left, top) on. */
const seven =
  (size: number, left = 0, top = 0) =>
  (x: number, y: number): boolean => {
    const [u, v] = [(x - left + 0.5) / size, (y - top + 0.5) / size];
    if (u < 0 || u > 0.6 || v < 0 || v > 1) return false;
    return v < 0.15 || Math.abs(u - (0.53 - 0.35 * (v - 0.15))) < 0.07;
  };

const boundsOf = (image: Uint8Array): { width: number; height: number } => {
  const on = [...image.keys()].filter((i) => image[i]! > 0);
  const xs = on.map((i) => i % SIDE);
  const ys = on.map((i) => Math.floor(i / SIDE));
  return {
    width: Math.max(...xs) - Math.min(...xs) + 1,
    height: Math.max(...ys) - Math.min(...ys) + 1,
  };
};

const centreOf = (image: Uint8Array): readonly [x: number, y: number] => {
  let [mass, x, y] = [0, 0, 0];
  for (const [i, value] of image.entries()) {
    mass += value;
    x += value * ((i % SIDE) + 0.5);
    y += value * (Math.floor(i / SIDE) + 0.5);
  }
  return [x / mass, y / mass];
};

describe("prepareDigit", () => {
  test("scales the ink into a box of 20, keeping its proportions, and centres its mass", () => {
    const image = prepareDigit(drawn(300, 200, seven(100, 150, 60)));
    expect(boundsOf(image!)).toEqual({ width: 12, height: 20 });
    const [x, y] = centreOf(image!);
    expect(Math.abs(x - 14.5)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(y - 14.5)).toBeLessThanOrEqual(0.5);
    expect(Math.max(...image!)).toBe(255);
    expect(`\n${blockPicture(image!, SIDE).join("\n")}`).toMatchInlineSnapshot(`
      "
                                  
                                  
                                  
              ▄▄▄▄▄▄▄▄▄▄▄▄        
              ████████████        
                      ▄███        
                      ███         
                     ███▀         
                    ▄███          
                    ███           
                   ███▀           
                  ▄███            
                 ▄███             
                 ▀▀▀▀             "
    `);
  });

  test("gives the same for any place, ground and colour", () => {
    const image = prepareDigit(drawn(120, 120, seven(100, 10, 10)));
    const same = (picture: Picture): void => expect(prepareDigit(picture)).toEqual(image);
    same(drawn(400, 130, seven(100, 220, 5)));
    same(drawn(120, 120, seven(100, 10, 10), white, black));
    same(drawn(120, 120, seven(100, 10, 10), black, clear));
    same(drawn(120, 120, seven(100, 10, 10), white, clear));
    same(drawn(120, 120, seven(100, 10, 10), [200, 30, 90, 255], [240, 240, 210, 255]));
  });

  test("gives much the same for any size, without aliasing", () => {
    const image = prepareDigit(drawn(500, 500, seven(400, 50, 50)))!;
    for (const size of [40, 97, 1000]) {
      const other = prepareDigit(drawn(2 * size, 2 * size, seven(size, 3, 3)))!;
      const mean = other.reduce((sum, v, i) => sum + Math.abs(v - image[i]!), 0) / image.length;
      expect(mean).toBeLessThan(8);
    }
  });

  test("ignores a faint shade of the ground", () => {
    const picture = drawn(120, 120, seven(100, 10, 10));
    const image = prepareDigit(picture);
    picture.rgba.set([250, 250, 250, 255], 4 * 119 * 120);
    expect(prepareDigit(picture)).toEqual(image);
  });

  test("of a picture without ink is undefined", () => {
    const nothing = (): boolean => false;
    expect(prepareDigit(drawn(50, 50, nothing))).toBeUndefined();
    expect(prepareDigit(drawn(50, 50, nothing, black, black))).toBeUndefined();
    expect(prepareDigit(drawn(50, 50, nothing, black, clear))).toBeUndefined();
    expect(prepareDigit(drawn(1, 1, () => true))).toBeUndefined();
    expect(prepareDigit(drawn(50, 50, seven(30), [250, 250, 250, 255]))).toBeUndefined();
  });

  test("makes 28 x 28 bytes of any pixels, or nothing", () => {
    const pictures = fc
      .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })
      .chain(({ width, height }) =>
        fc
          .uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height })
          .map((rgba): Picture => ({ width, height, rgba })),
      );
    fc.assert(
      fc.property(pictures, (picture) => {
        const image = prepareDigit(picture);
        if (!image) return;
        expect(image).toHaveLength(SIDE * SIDE);
        expect(Math.max(...image)).toBe(255);
      }),
    );
  });
});

test("blockPicture draws two rows of pixels a line", () => {
  expect(blockPicture(Uint8Array.of(255, 0, 255, 0, 255, 255, 0, 0, 0, 0, 64, 63), 4)).toEqual([
    "█▄▀ ".slice(0, 4),
    "  ▀ ",
  ]);
});
