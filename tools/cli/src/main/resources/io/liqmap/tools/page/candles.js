// @ts-check
const DENSE = 3;
const LIGHT = '#f4f6f8';
const DARK = '#0b0e13';

/**
 * Draws what price did: candles where there is room, else the line of closes. Rising ones are light, falling ones
 * dark, so that all colours remain the heat's.
 * @param {CanvasRenderingContext2D} context
 * @param {import('./heat-frame.js').Frame} frame
 * @param {import('./heat-data.js').HeatData} data
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
 * @param {CanvasRenderingContext2D} context
 * @param {import('./heat-frame.js').Frame} frame
 * @param {import('./heat-data.js').HeatData} data
 * @param {number} first
 * @param {number} last
 */
function line(context, frame, data, first, last) {
  context.beginPath();
  for (let column = first; column <= last; column++) {
    if (!(data.close[column] > 0)) continue;
    // The range of a dense column is a stroke of the same line.
    const x = frame.x(data.time[column] - data.every / 2);
    context.lineTo(x, frame.y(data.high[column]));
    context.lineTo(x, frame.y(data.low[column]));
    context.lineTo(x, frame.y(data.close[column]));
  }
  context.lineJoin = 'bevel';
  context.strokeStyle = DARK;
  context.lineWidth = 2.5 * frame.ratio;
  context.stroke();
  context.strokeStyle = LIGHT;
  context.lineWidth = 1 * frame.ratio;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./heat-frame.js').Frame} frame
 * @param {import('./heat-data.js').HeatData} data
 * @param {number} first
 * @param {number} last
 * @param {number} width of a column
 */
function candles(context, frame, data, first, last, width) {
  const { ratio } = frame;
  const body = Math.max(1, Math.round(Math.min(width * 0.62, 14 * ratio)));
  const stroke = Math.max(1, Math.round(ratio));
  const hasOutline = body >= 3 * stroke;
  const edges = new Path2D();
  const rising = new Path2D();
  const falling = new Path2D();
  for (let column = first; column <= last; column++) {
    const open = data.open[column];
    const close = data.close[column];
    if (!(open > 0) || !(close > 0)) continue;
    const middle = Math.round((frame.x(data.start(column)) + frame.x(data.time[column])) / 2 - stroke / 2);
    const left = middle - Math.floor((body - stroke) / 2);
    const high = Math.round(frame.y(data.high[column]));
    const low = Math.round(frame.y(data.low[column]));
    const top = Math.round(frame.y(Math.max(open, close)));
    const height = Math.max(stroke, Math.round(frame.y(Math.min(open, close))) - top);
    edges.rect(middle, high, stroke, Math.max(stroke, low - high));
    if (hasOutline) edges.rect(left, top, body, height);
    if (close >= open) rising.rect(left, top, body, height);
    else if (hasOutline) falling.rect(left + stroke, top + stroke, body - 2 * stroke, Math.max(0, height - 2 * stroke));
  }
  context.fillStyle = LIGHT;
  context.fill(edges);
  context.fill(rising);
  context.fillStyle = DARK;
  context.fill(falling);
}
