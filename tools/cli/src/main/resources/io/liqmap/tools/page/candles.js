// @ts-check
/** @import { HeatData } from './heat-data.js' */
/** @import { Frame } from './heat-frame.js' */
const DENSE = 3;
/** Columns that share a dark ground under the line. */
const HALO = 3;
const LIGHT = '#f4f6f8';
const DARK = '#0b0e13';
const MARK = '#7ff0c0';

/**
 * Draws what price did: candles where there is room, else the line of closes. Rising ones are light, falling ones
 * dark, so that all colours remain the heat's. Beside candles, mark where it isn't the close.
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {HeatData} data
 */
export function drawCandles(context, frame, data) {
  if (!data.columns) return;
  const width = data.every * frame.perMs;
  const first = Math.max(0, data.columnAt(Math.max(frame.from, data.from)) - 1);
  let last = data.columnAt(Math.min(frame.to, data.to - 1)) + 1;
  if (last <= 0) return;
  last = Math.min(data.columns - 1, last);
  if (width < DENSE * frame.ratio) line(context, frame, data, first, last);
  else candles(context, frame, data, first, last, width);
}

/**
 * The range of each column, joined to the close before it: whole pixels, as paths cost a processor ten times as much.
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {HeatData} data
 * @param {number} first
 * @param {number} last
 */
function line(context, frame, data, first, last) {
  const edge = Math.max(1, Math.round(frame.ratio));
  /** @type {number[]} */
  const bars = [];
  let before = NaN;
  for (let column = first; column <= last; column++) {
    const close = data.close[column];
    if (!(close > 0)) continue;
    const x = Math.round(frame.x(data.start(column)));
    const top = Math.round(frame.y(before > data.high[column] ? before : data.high[column]));
    const bottom = Math.round(frame.y(before < data.low[column] ? before : data.low[column]));
    bars.push(x, top, Math.max(edge, Math.round(frame.x(data.time[column])) - x), Math.max(edge, bottom - top));
    before = close;
  }
  context.fillStyle = DARK;
  for (let i = 0; i < bars.length; i += 4 * HALO) {
    let top = Infinity;
    let bottom = 0;
    let right = 0;
    for (let bar = i; bar < Math.min(bars.length, i + 4 * HALO); bar += 4) {
      top = Math.min(top, bars[bar + 1]);
      bottom = Math.max(bottom, bars[bar + 1] + bars[bar + 3]);
      right = bars[bar] + bars[bar + 2];
    }
    context.fillRect(bars[i] - edge, top - edge, right - bars[i] + 2 * edge, bottom - top + 2 * edge);
  }
  context.fillStyle = LIGHT;
  for (let i = 0; i < bars.length; i += 4) context.fillRect(bars[i], bars[i + 1], bars[i + 2], bars[i + 3]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {HeatData} data
 * @param {number} first
 * @param {number} last
 * @param {number} width of a column
 */
function candles(context, frame, data, first, last, width) {
  const { ratio } = frame;
  const stroke = Math.max(1, Math.round(ratio));
  context.fillStyle = MARK;
  for (let column = first; column <= last; column++) {
    const mark = data.mark[column];
    if (!(mark > 0) || mark === data.close[column]) continue;
    const left = Math.round(frame.x(data.start(column)));
    context.fillRect(left, Math.round(frame.y(mark)), Math.round(frame.x(data.time[column])) - left, stroke);
  }
  const body = Math.max(stroke, Math.round(Math.min(width * 0.62, 14 * ratio)));
  const hasInside = body >= 3 * stroke;
  /** @type {number[]} */
  const inside = [];
  context.fillStyle = LIGHT;
  for (let column = first; column <= last; column++) {
    const open = data.open[column];
    const close = data.close[column];
    if (!(open > 0) || !(close > 0)) continue;
    const middle = Math.round((frame.x(data.start(column)) + frame.x(data.time[column]) - stroke) / 2);
    const left = middle - Math.floor((body - stroke) / 2);
    const high = Math.round(frame.y(data.high[column]));
    const top = Math.round(frame.y(Math.max(open, close)));
    const height = Math.max(stroke, Math.round(frame.y(Math.min(open, close))) - top);
    context.fillRect(middle, high, stroke, Math.max(stroke, Math.round(frame.y(data.low[column])) - high));
    context.fillRect(left, top, body, height);
    if (close < open && hasInside && height > 2 * stroke) inside.push(left + stroke, top + stroke, body - 2 * stroke, height - 2 * stroke);
  }
  context.fillStyle = DARK;
  for (let i = 0; i < inside.length; i += 4) context.fillRect(inside[i], inside[i + 1], inside[i + 2], inside[i + 3]);
}
