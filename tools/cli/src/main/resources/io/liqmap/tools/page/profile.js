// @ts-check
import { money } from './format.js';
import { SIDE_COLOURS } from './markers.js';

/**
 * What is still on the map, by rows of price, and the heaviest row of each side.
 *
 * @typedef {{low: number, high: number, long: number, short: number}} Row amounts in quote units
 * @typedef {{price: number, low: number, high: number, amount: number, side: 'long' | 'short'}} Level
 */

/**
 * Sums a map's buckets into rows as the heat has them.
 * @param {import('./app.js').Bucket[]} buckets
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
    if (best) levels.push({ price: Math.sqrt(best.low * best.high), low: best.low, high: best.high, amount: best[side], side });
  }
  return levels;
}

/** Bars of what is left, on a canvas of its own beside the plot, on the plot's scale of prices. */
export class Profile {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** @type {Row[]} */
    this.rows = [];
    /** A column to compare with: its amounts by row of the data.
     * @type {{data: import('./heat-data.js').HeatData, column: number} | null} */
    this.compared = null;
    this.text = '#ddd';
    this.muted = '#888';
    this.line = '#444';
  }

  /** @param {import('./heat-frame.js').Frame} frame of the plot */
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
    context.save();
    context.beginPath();
    context.rect(0, frame.top, width, frame.height);
    context.clip();
    for (const side of /** @type {const} */ (['long', 'short'])) {
      context.fillStyle = SIDE_COLOURS[side];
      context.beginPath();
      for (const row of seen) {
        if (!row[side]) continue;
        const top = frame.y(row.high);
        const gap = frame.y(row.low) - top > 4 * frame.ratio ? frame.ratio : 0;
        // In the row of mark, shorts come behind longs.
        context.rect(side === 'short' ? row.long * scale : 0, top, row[side] * scale, frame.y(row.low) - top - gap);
      }
      context.fill();
    }
    this.drawCompared(context, frame, scale);
    context.restore();
    this.drawScale(context, frame, most, scale);
  }

  /** @param {import('./heat-frame.js').Frame} frame */
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

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./heat-frame.js').Frame} frame
   * @param {number} scale
   */
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

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('./heat-frame.js').Frame} frame
   * @param {number} most
   * @param {number} scale
   */
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
 * @param {import('./heat-frame.js').Frame} frame
 * @param {Level[]} levels
 * @param {number} now ms, as of which they are
 */
export function drawLevels(context, frame, levels, now) {
  const right = frame.left + frame.width;
  const middle = Math.min(right, Math.max(frame.left, frame.x(now)));
  context.font = `600 ${11 * frame.ratio}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.lineWidth = frame.ratio;
  for (const level of levels) {
    const y = Math.round(frame.y(level.price)) + 0.5;
    context.strokeStyle = SIDE_COLOURS[level.side];
    context.setLineDash([5 * frame.ratio, 5 * frame.ratio]);
    stroke(context, frame.left, middle, y);
    context.setLineDash([]);
    stroke(context, middle, right, y);
    const text = money(level.amount);
    const width = context.measureText(text).width + 8 * frame.ratio;
    context.fillStyle = '#0b0e13';
    context.fillRect(right - width, y - 8 * frame.ratio, width, 16 * frame.ratio);
    context.fillStyle = SIDE_COLOURS[level.side];
    context.fillText(text, right - 4 * frame.ratio, y);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} left
 * @param {number} right
 * @param {number} y
 */
function stroke(context, left, right, y) {
  if (right <= left) return;
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(right, y);
  context.stroke();
}
