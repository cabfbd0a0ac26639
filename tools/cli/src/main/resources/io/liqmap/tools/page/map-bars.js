// @ts-check
import { colour } from './theme.js';

/**
 * Draws the bars, stacked by layer, and the spread of the models behind them.
 * @param {uPlot} u
 * @param {import('./map-chart.js').Drawing} drawing
 */
export function drawBars(u, drawing) {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  const floor = top + height;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  const isSpread = drawing.shows.has('spread');
  for (const bar of drawing.bars) {
    const place = placeOf(u, bar, drawing.map.markPrice);
    if (place.right < left || place.left > left + width) continue;
    let sum = 0;
    let y = floor;
    for (let i = 0; i < bar.layers.length; i++) {
      sum += bar.layers[i] ?? 0;
      const next = Math.round(u.valToPos(sum, 'usd', true));
      if (next < y) {
        ctx.fillStyle = drawing.layers[i]?.colour ?? '';
        ctx.fillRect(place.left, next, place.right - place.left, y - next);
        y = next;
      }
    }
    if (isSpread && bar.most > 0) drawSpread(u, bar, place);
  }
  ctx.restore();
}

/**
 * @param {uPlot} u
 * @param {import('./bars.js').Bar} bar
 * @param {number} mark
 * @returns {{left: number, right: number}} in pixels of the canvas, with a gap between bars where there is room
 */
function placeOf(u, bar, mark) {
  const low = bar.side === 'short' ? Math.max(bar.low, Math.min(mark, bar.high)) : bar.low;
  const high = bar.side === 'long' ? Math.min(bar.high, Math.max(mark, bar.low)) : bar.high;
  const left = Math.round(u.valToPos(Math.log(low), 'x', true));
  const right = Math.round(u.valToPos(Math.log(high), 'x', true));
  return { left, right: Math.max(left + 1, right - (right - left >= 4 ? 1 : 0)) };
}

/**
 * Draws from the least to the most of any model: a whisker, or a veil where bars are narrow.
 * @param {uPlot} u
 * @param {import('./bars.js').Bar} bar
 * @param {{left: number, right: number}} place
 */
function drawSpread(u, bar, place) {
  const { ctx } = u;
  const most = Math.round(u.valToPos(bar.most, 'usd', true));
  const least = Math.round(u.valToPos(bar.least, 'usd', true));
  const width = place.right - place.left;
  ctx.fillStyle = colour('--text');
  if (width < 6) {
    ctx.globalAlpha = 0.2;
    ctx.fillRect(place.left, most, width, Math.max(1, least - most));
  } else {
    const middle = Math.round((place.left + place.right) / 2);
    ctx.globalAlpha = 0.75;
    ctx.fillRect(middle, most, 1, Math.max(1, least - most));
    ctx.fillRect(middle - 2, most, 5, 1);
    ctx.fillRect(middle - 2, least, 5, 1);
  }
  ctx.globalAlpha = 1;
}
