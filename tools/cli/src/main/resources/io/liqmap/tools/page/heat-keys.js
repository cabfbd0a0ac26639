// @ts-check
/** @import { HeatData } from './heat-data.js' */
/** @import { HeatPlot } from './heat-plot.js' */
/**
 * What keys do while the heatmap has the focus: arrows move from cell to cell, Enter travels.
 *
 * @typedef {{plot: HeatPlot, at: {column: number, row: number} | null,
 *   point: (column: number, row: number, price: number, time: number, isSpoken: boolean) => void,
 *   leave: () => void, travel: () => void, settle: () => void}} Target
 */

const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  PageUp: [0, 10],
  PageDown: [0, -10],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
});

/** @param {KeyboardEvent} e @param {Target} view */
export function arrowKeys(e, view) {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const { plot } = view;
  const { viewport, data } = plot;
  const move = MOVES[e.key];
  if (move && e.shiftKey) {
    viewport.pan(Math.sign(move[0]) * 0.1, Math.sign(move[1]) * 0.1);
    view.settle();
  } else if (move && data) step(view, data, move);
  else if (e.key === '+' || e.key === '=' || e.key === '-') {
    viewport.zoomTime(e.key === '-' ? 1.25 : 0.8, centre(view));
    view.settle();
  } else if (e.key === 'Enter' && view.at) view.travel();
  else if (e.key === 'Escape' && view.at) view.leave();
  else return;
  e.preventDefault();
  e.stopPropagation();
}

/** @param {Target} view @returns {number} where the cursor is: 0 the left edge, 1 the right */
function centre({ plot, at }) {
  const { data, viewport } = plot;
  if (!data || !at || at.column < 0) return 0.5;
  const { from, to } = viewport.range;
  return Math.min(1, Math.max(0, (data.time[at.column] - from) / (to - from)));
}

/** @param {Target} view @param {HeatData} data @param {[number, number]} move columns and rows */
function step(view, data, [columns, rows]) {
  const { viewport } = view.plot;
  const { from, to, low, high } = viewport.range;
  if (!data.columns || !data.rows) return;
  const first = Math.max(0, data.columnAt(Math.max(from, data.from)));
  const end = data.columnAt(Math.min(to, data.to - 1));
  const last = end > first && data.start(end) + data.time[end] > 2 * to ? end - 1 : end < 0 ? data.columns - 1 : end;
  const { at } = view;
  let column = last;
  let row = data.rowAt(data.mark[last] || Math.sqrt(low * high));
  if (at && at.column >= 0 && at.row >= 0) {
    column = columns === -Infinity ? first : columns === Infinity ? last : at.column + columns;
    row = at.row + rows;
  }
  column = Math.min(data.columns - 1, Math.max(0, column));
  row = Math.min(data.rows - 1, Math.max(0, row));
  const price = Math.sqrt(data.price(row) * data.price(row + 1));
  const time = (data.start(column) + data.time[column]) / 2;
  // The cursor takes what is seen along.
  if (time < from || time > to) viewport.pan(((time < from ? time - from : time - to) / (to - from)) + Math.sign(columns) * 0.1, 0);
  if (price < low || price > high) viewport.pan(0, Math.log(price / (price < low ? low : high)) / Math.log(high / low) + Math.sign(rows) * 0.1);
  view.point(column, row, price, time, true);
}
