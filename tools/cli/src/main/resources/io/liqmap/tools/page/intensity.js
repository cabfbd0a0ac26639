// @ts-check
import { COLOURS } from './palette.js';

/**
 * Which colour an amount of money gets: its number in the palette is how many of 255 steps between `low` and `high`
 * it has reached, floor(256 · share), where share is (amount − low) / (high − low) or, on a logarithmic scale,
 * ln(amount / low) / ln(high / low). Below `low` it is 0, from `high` on 255. Immutable.
 */
export class Intensity {
  /** @param {number} low quote units, above 0 @param {number} high above `low` @param {'log' | 'linear'} scale */
  constructor(low, high, scale) {
    this.low = low;
    this.high = high;
    this.scale = scale;
    /** The least amount of each colour. */
    this.steps = new Float64Array(COLOURS);
    for (let i = 0; i < COLOURS; i++) {
      const share = i / COLOURS;
      this.steps[i] = scale === 'log' ? low * Math.pow(high / low, share) : low + (high - low) * share;
    }
    this.steps[0] = -Infinity;
    /** Colour of the least amount with the upper 15 bits of a float; the rest is compared. */
    this.table = new Uint8Array(1 << 15);
    const bits = new Uint32Array(1);
    const amounts = new Float32Array(bits.buffer);
    for (let i = 0, colour = 0; i < 0x7f80; i++) {
      bits[0] = i << 16;
      while (colour < COLOURS - 1 && amounts[0] >= this.steps[colour + 1]) colour++;
      this.table[i] = colour;
    }
  }

  /** @param {number} amount 0 or more @returns {number} 0 to 255 */
  colour(amount) {
    let low = 0;
    let high = COLOURS - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (amount >= this.steps[middle]) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** @returns {string} as a link holds it */
  toString() {
    return `${+this.low.toPrecision(9)},${+this.high.toPrecision(9)}`;
  }

  /** @param {string | null} text of a link @param {'log' | 'linear'} scale @returns {Intensity | null} null where the text isn't one */
  static parse(text, scale) {
    const [low, high] = (text ?? '').split(',').map(Number);
    return low > 0 && high > low && Number.isFinite(high) ? new Intensity(low, high, scale) : null;
  }

  /**
   * Picks limits by what is seen: weak cells stay dark, and a few huge ones don't darken the others.
   * @param {Float64Array} amounts of cells that hold anything, rising
   * @param {'log' | 'linear'} scale
   */
  static auto(amounts, scale) {
    if (amounts.length === 0) return new Intensity(1e3, 1e6, scale);
    const at = (/** @type {number} */ share) => amounts[Math.floor(share * (amounts.length - 1))];
    const low = neat(at(scale === 'log' ? 0.08 : 0.02));
    return new Intensity(low, Math.max(neat(at(0.997)), low * 2), scale);
  }
}

/** @param {number} amount @returns {number} with two digits */
export function neat(amount) {
  return Number(amount.toPrecision(2));
}

/**
 * Reads an amount as people type it.
 * @param {string} text `250k`, `1.5 M`, `2e6`, `1,000,000`
 * @returns {number | null} null where it isn't one above 0
 */
export function parseMoney(text) {
  const match = /^([\d.]+(?:e\d+)?)([kmbt]?)$/i.exec(text.replace(/[\s,_$]/g, ''));
  if (!match) return null;
  const units = /** @type {Record<string, number>} */ ({ k: 1e3, m: 1e6, b: 1e9, t: 1e12 });
  const amount = Number(match[1]) * (units[match[2].toLowerCase()] ?? 1);
  return amount > 0 && Number.isFinite(amount) ? amount : null;
}
