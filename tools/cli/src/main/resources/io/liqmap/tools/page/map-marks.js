// @ts-check
import { money, percent, price } from './format.js';
import { colour } from './theme.js';

/** Draws what is known beside the bars: structure below them, clusters, max pain and mark above. */

/**
 * Draws where volume was traded and price turned, as a strip between the bars and the prices.
 * @param {uPlot} u
 * @param {import('./map-chart.js').Drawing} drawing
 */
export function drawStructure(u, { map, shows }) {
  if (!shows.has('structure') || !map.structure) return;
  const { ctx } = u;
  const ratio = uPlot.pxRatio;
  const { left, top, width, height } = u.bbox;
  const y = top + height + 3 * ratio;
  const at = (/** @type {number} */ value) => Math.round(u.valToPos(Math.log(value), 'x', true));
  const structure = map.structure;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height + 17 * ratio);
  ctx.clip();
  if (structure.valueAreaLow && structure.valueAreaHigh) {
    ctx.fillStyle = colour('--line');
    ctx.fillRect(at(structure.valueAreaLow), y, at(structure.valueAreaHigh) - at(structure.valueAreaLow), 5 * ratio);
  }
  ctx.fillStyle = colour('--muted');
  for (const node of structure.highVolumeNodes ?? []) ctx.fillRect(at(node.price) - ratio, y, 2 * ratio, 5 * ratio);
  if (structure.pointOfControl) {
    ctx.fillStyle = colour('--text');
    ctx.fillRect(at(structure.pointOfControl) - 1.5 * ratio, y - ratio, 3 * ratio, 7 * ratio);
  }
  for (const swing of structure.swings ?? []) {
    const size = (swing.scaleBps >= 300 ? 4 : swing.scaleBps >= 100 ? 3 : 2) * ratio;
    ctx.fillStyle = colour(swing.kind === 'low' ? '--long' : '--short');
    triangle(ctx, at(swing.price), y + 11 * ratio, swing.kind === 'low' ? size : -size);
  }
  ctx.restore();
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} size points up above 0, down below
 */
function triangle(ctx, x, y, size) {
  ctx.beginPath();
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y + size);
  ctx.lineTo(x - size, y + size);
  ctx.fill();
}

/**
 * Draws clusters with notional and distance, max pain and the mark line.
 * @param {uPlot} u
 * @param {import('./map-chart.js').Drawing} drawing
 * @param {number} mark
 */
export function drawMarks(u, drawing, mark) {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  const taken = /** @type {[number, number, number][]} */ ([]);
  drawMark(u, mark, taken);
  if (drawing.shows.has('clusters')) drawClusters(u, drawing.map, mark, taken);
  if (drawing.shows.has('pain')) drawPain(u, drawing.map);
  ctx.restore();
}

/**
 * @param {uPlot} u
 * @param {number} mark
 * @param {[number, number, number][]} taken
 */
function drawMark(u, mark, taken) {
  const { ctx } = u;
  const ratio = uPlot.pxRatio;
  const x = Math.round(u.valToPos(Math.log(mark), 'x', true));
  ctx.fillStyle = colour('--mark');
  ctx.fillRect(x - Math.floor(ratio / 2), u.bbox.top, Math.max(1, Math.round(ratio)), u.bbox.height);
  const text = price(mark);
  ctx.font = font(ratio, 600);
  const half = ctx.measureText(text).width / 2 + 5 * ratio;
  ctx.fillRect(x - half, u.bbox.top, half * 2, 16 * ratio);
  ctx.fillStyle = colour('--panel');
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, x, u.bbox.top + 8.5 * ratio);
  taken.push([x - half, x + half, 0]);
}

/**
 * @param {uPlot} u
 * @param {import('./app.js').MapAnswer} map
 * @param {number} mark
 * @param {[number, number, number][]} taken spans of pixels that labels have, by row
 */
function drawClusters(u, map, mark, taken) {
  const { ctx } = u;
  const ratio = uPlot.pxRatio;
  const { left, top, width, height } = u.bbox;
  const at = (/** @type {number} */ value) => u.valToPos(Math.log(value), 'x', true);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const cluster of map.clusters) {
    const from = Math.round(at(cluster.priceLow));
    const to = Math.max(from + Math.round(2 * ratio), Math.round(at(cluster.priceHigh)));
    if (to < left || from > left + width) continue;
    const side = colour(cluster.side === 'long' ? '--long' : '--short');
    const peak = at(cluster.peakPrice);
    const away = cluster.peakPrice / mark - 1;
    const lines = [money(cluster.notional), `${away < 0 ? '−' : '+'}${percent(Math.abs(away))}`];
    ctx.font = font(ratio, 600);
    const half = ctx.measureText(lines[0] ?? '').width / 2 + 5 * ratio;
    const x = Math.min(Math.max(peak, left + half), left + width - half);
    const row = [0, 1].find((r) => !taken.some(([a, b, k]) => k === r && x + half > a && x - half < b));
    const base = top + (row === 1 ? 31 : 3) * ratio;
    ctx.fillStyle = side;
    ctx.globalAlpha = 0.1;
    ctx.fillRect(from, top, to - from, height);
    ctx.globalAlpha = 0.9;
    ctx.fillRect(from, top + height - 2 * ratio, to - from, 2 * ratio);
    ctx.globalAlpha = 1;
    if (row === undefined || peak < left || peak > left + width) continue;
    taken.push([x - half, x + half, row]);
    ctx.fillText(lines[0] ?? '', x, base + 6 * ratio);
    ctx.font = font(ratio, 400);
    ctx.fillStyle = colour('--muted');
    ctx.fillText(lines[1] ?? '', x, base + 19 * ratio);
  }
}

/**
 * @param {uPlot} u
 * @param {import('./app.js').MapAnswer} map
 */
function drawPain(u, map) {
  const { ctx } = u;
  const ratio = uPlot.pxRatio;
  const { left, top, width, height } = u.bbox;
  for (const side of ['long', 'short']) {
    const pain = map.maxPain?.[side];
    if (!pain) continue;
    const x = Math.round(u.valToPos(Math.log(pain.price), 'x', true));
    if (x < left || x > left + width) continue;
    ctx.strokeStyle = colour(side === 'long' ? '--long' : '--short');
    ctx.setLineDash([2 * ratio, 3 * ratio]);
    ctx.lineWidth = ratio;
    ctx.beginPath();
    ctx.moveTo(x + 0.5, top + 58 * ratio);
    ctx.lineTo(x + 0.5, top + height);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.font = font(ratio, 400);
    ctx.fillStyle = ctx.strokeStyle;
    const isRight = x > left + width - 70 * ratio;
    ctx.textAlign = isRight ? 'right' : 'left';
    ctx.textBaseline = 'middle';
    ctx.fillText('max pain', x + (isRight ? -4 : 4) * ratio, top + 64 * ratio);
  }
}

/**
 * @param {number} ratio
 * @param {number} weight
 */
function font(ratio, weight) {
  return `${weight} ${11 * ratio}px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif`;
}
