// @ts-check
/** Scales of 256 colours from dark to light, even to the eye; the same file makes the pictures of `liqmap heatmap`. */

export const COLOURS = 256;

/** A scale of colours. */
export class Palette {
  /** @param {string} name @param {string} hex six digits for each colour */
  constructor(name, hex) {
    this.name = name;
    /** Pixels as ImageData has them on a little-endian machine: 0xAABBGGRR. */
    this.pixels = new Uint32Array(COLOURS);
    for (let i = 0; i < COLOURS; i++) {
      const rgb = parseInt(hex.slice(i * 6, i * 6 + 6), 16);
      this.pixels[i] = (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
    }
  }

  /** @param {number} index 0 (dark) to 255 (light) @returns {string} for a style */
  css(index) {
    const pixel = this.pixels[index];
    return `rgb(${pixel & 0xff}, ${(pixel >> 8) & 0xff}, ${(pixel >> 16) & 0xff})`;
  }
}

/**
 * Reads all palettes; the first is the default.
 * @returns {Promise<Palette[]>}
 */
export async function loadPalettes() {
  const response = await fetch(new URL('palettes.json', import.meta.url), { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`palettes.json: the server answered ${response.status}`);
  return Object.entries(await response.json()).map(([name, hex]) => new Palette(name, hex));
}
