// @ts-check
/** @import { Bucket } from './app.js' */
/** @import { HeatData } from './heat-data.js' */
/** @import { Frame } from './heat-frame.js' */
import { money } from './format.js';
import { SIDE_COLOURS } from './markers.js';

/**
 * What is still on the map, by rows of price, and the heaviest row of each side.
 *
 * @typedef {{low: number, high: number, long: number, short: number}} Row amounts in quote units
 * @typedef {{price: number, amount: number, side: 'long' | 'short'}} Level
 */

/**
 * Sums a map's buckets into rows as the heat has them.
 * @param {Bucket[]} buckets
 * @param {number} lowest lower edge of a row
 * @param {number} ratio of a row's edges
 * @returns {Row[]} those that hold anything, rising
 */
export function rowsOf(buckets, lowest, ratio) {
  const step = Math.log(ratio);
  /** @type {Map<number, Row>} */
  const rows = new Map();
  for (const bucket of buckets) {
    const number = Math.floor(Math.log(Math.sqrt(bucket.priceLow * bucket.priceHigh) / lowest) / step);
    let row = rows.get(number);
    if (!row) {
      row = { low: lowest * Math.exp(step * number), high: lowest * Math.exp(step * (number + 1)), long: 0, short: 0 };
      rows.set(number, row);
    }
    row[bucket.side] += bucket.notional;
  }
  return [...rows.values()].sort((a, b) => a.low - b.low);
}

/**
 * @param {Row[]} rows
 * @param {number} low lowest price that is seen
 * @param {number} high
 * @returns {Level[]} the heaviest row of each side within sight
 */
export function heaviest(rows, low, high) {
  const levels = [];
  for (const side of /** @type {const} */ (['long', 'short'])) {
    let best = null;
    for (const row of rows) {
      if (row[side] > 0 && row.low >= low && row.high <= high && row[side] > (best?.[side] ?? 0)) best = row;
    }
    if (best) levels.push({ price: Math.sqrt(best.low * best.high), amount: best[side], side });
  }
  return levels;
}

/** The colours of the sides as pixels. */
const [LONG, SHORT] = [SIDE_COLOURS.long, SIDE_COLOURS.short].map((css) => {
  const rgb = parseInt(css.slice(1), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
});

/** Bars of what is left, on a canvas of its own beside the plot, on the plot's scale of prices. */
export class Profile {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** @type {Row[]} */
    this.rows = [];
    /** A column to compare with: its amounts by row of the data.
     * @type {{data: HeatData, column: number} | null} */
    this.compared = null;
    /** @type {ImageData | null} */
    this.bars = null;
    this.text = '#ddd';
    this.muted = '#888';
    this.line = '#444';
  }

  /** @param {Frame} frame of the plot */
  draw(frame) {
    const { canvas } = this;
    const width = Math.round(canvas.clientWidth * frame.ratio);
    const height = Math.round(canvas.clientHeight * frame.ratio);
    if (!width || !height) return;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.clearRect(0, 0, width, height);
    const seen = this.rows.filter((row) => row.high > frame.low && row.low < frame.high);
    const most = Math.max(this.most(frame), ...seen.map((row) => row.long + row.short));
    if (!(most > 0)) return;
    const scale = (width - 10 * frame.ratio) / most;
    this.drawBars(context, frame, seen, width, scale);
    context.save();
    context.beginPath();
    context.rect(0, frame.top, width, frame.height);
    context.clip();
    this.drawCompared(context, frame, scale);
    context.restore();
    this.drawScale(context, frame, most, scale);
  }

  /**
   * Fills pixels: a processor is quicker at it than at hundreds of rectangles.
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {Row[]} rows
   * @param {number} width
   * @param {number} scale
   */
  drawBars(context, frame, rows, width, scale) {
    const end = Math.round(frame.height);
    if (this.bars?.width !== width || this.bars.height !== end) this.bars = new ImageData(width, end);
    const pixels = new Uint32Array(this.bars.data.buffer).fill(0);
    for (const { low, high, long, short } of rows) {
      const top = Math.round(frame.y(high) - frame.top);
      const bottom = Math.max(top + 1, Math.round(frame.y(low) - frame.top));
      const gap = bottom - top > 4 * frame.ratio ? frame.ratio : 0;
      // In the row of mark, shorts come behind longs.
      const middle = Math.round(long * scale);
      const right = Math.ceil((long + short) * scale);
      for (let y = Math.max(0, top); y < Math.min(end, bottom - gap); y++) {
        pixels.fill(LONG, y * width, y * width + middle);
        pixels.fill(SHORT, y * width + middle, y * width + right);
      }
    }
    context.putImageData(this.bars, 0, Math.round(frame.top));
  }

  /** @param {Frame} frame */
  most(frame) {
    if (!this.compared) return 0;
    const { data, column } = this.compared;
    let most = 0;
    for (let row = 0; row < data.rows; row++) {
      const price = data.price(row);
      if (price >= frame.low && price <= frame.high) most = Math.max(most, Math.abs(data.cell(column, row)) || 0);
    }
    return most;
  }

  /** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} scale */
  drawCompared(context, frame, scale) {
    if (!this.compared) return;
    const { data, column } = this.compared;
    context.beginPath();
    for (let row = 0; row < data.rows; row++) {
      const x = (Math.abs(data.cell(column, row)) || 0) * scale;
      context.lineTo(x, frame.y(data.price(row)));
      context.lineTo(x, frame.y(data.price(row + 1)));
    }
    context.strokeStyle = this.text;
    context.lineWidth = frame.ratio;
    context.stroke();
  }

  /** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} most @param {number} scale */
  drawScale(context, frame, most, scale) {
    const bottom = frame.top + frame.height;
    const power = Math.pow(10, Math.floor(Math.log10(most)));
    const named = power * ([5, 2, 1].find((digit) => digit * power <= most) ?? 1);
    context.fillStyle = this.line;
    context.fillRect(0, frame.top, frame.ratio, frame.height);
    context.fillRect(0, bottom, most * scale, frame.ratio);
    context.fillRect(named * scale, bottom, frame.ratio, 4 * frame.ratio);
    context.fillStyle = this.muted;
    context.font = `${11 * frame.ratio}px system-ui, sans-serif`;
    context.textBaseline = 'top';
    context.textAlign = 'right';
    context.fillText(money(named), Math.max(named * scale, context.measureText(money(named)).width), bottom + 6 * frame.ratio);
  }
}

/**
 * Draws the heaviest levels: dashed over what was, whole beyond it, with their amounts.
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Level[]} levels
 * @param {number} now ms, as of which they are
 */
export function drawLevels(context, frame, levels, now) {
  const right = frame.left + frame.width;
  const middle = Math.min(right, Math.max(frame.left, frame.x(now)));
  context.font = `600 ${11 * frame.ratio}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const level of levels) {
    const y = Math.round(frame.y(level.price));
    context.fillStyle = SIDE_COLOURS[level.side];
    for (let x = frame.left; x < middle; x += 10 * frame.ratio) context.fillRect(x, y, Math.min(5 * frame.ratio, middle - x), frame.ratio);
    context.fillRect(middle, y, right - middle, frame.ratio);
    const text = money(level.amount);
    const width = context.measureText(text).width + 8 * frame.ratio;
    context.fillStyle = '#0b0e13';
    const half = 8 * frame.ratio;
    const middleY = Math.min(Math.max(y, frame.top + half), frame.top + frame.height - half);
    context.fillRect(right - width, middleY - half, width, 2 * half);
    context.fillStyle = SIDE_COLOURS[level.side];
    context.fillText(text, right - half / 2, middleY);
  }
}
