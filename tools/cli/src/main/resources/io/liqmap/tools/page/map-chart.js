// @ts-check
import { money, percent, price } from './format.js';
import { drawBars } from './map-bars.js';
import { drawMarks, drawStructure } from './map-marks.js';
import { distanceSplits, priceSplits } from './map-scale.js';
import { colour } from './theme.js';

/** Space above the highest bar, as a share of it, for the labels of clusters. */
const HEADROOM = 1.24;

/**
 * What the chart shows.
 * @typedef {{map: import('./app.js').MapAnswer, bars: import('./bars.js').Bar[], layers: import('./tiers.js').Layer[],
 *   range: [number, number], k: number, isFiltered: boolean, shows: Set<string>}} Drawing
 *   `range`: positions (logarithms of prices); `shows`: curves, clusters, pain, structure, spread
 */

/** The chart of the map: uPlot for axes, curves and the cursor; bars and marks are drawn on its canvas. */
export class MapChart {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {Drawing | null} */
    this.drawing = null;
    this.mark = NaN;
    this.chart = new uPlot(this.options(), [[], [], []], root);
    this.over = /** @type {HTMLElement} */ (this.chart.over);
  }

  /** Width of the plot in CSS pixels. */
  get width() {
    return this.over.clientWidth;
  }

  /**
   * Draws.
   * @param {Drawing} drawing
   * @param {number} mark mark price, which may be newer than the map
   */
  set(drawing, mark) {
    this.drawing = drawing;
    this.mark = mark;
    const [low, high] = drawing.range;
    const seen = drawing.bars.filter((bar) => Math.log(bar.high) > low && Math.log(bar.low) < high);
    const isSpread = drawing.shows.has('spread');
    const top = Math.max(1e-9, ...seen.map((bar) => Math.max(bar.notional, isSpread && bar.most > 0 ? bar.most : 0)));
    const sum = Math.max(1e-9, ...seen.map((bar) => bar.sum));
    const chart = this.chart;
    chart.batch(() => {
      chart.setData(/** @type {any} */ (curves(drawing)), false);
      chart.setScale('x', { min: low, max: high });
      chart.setScale('usd', { min: 0, max: top * HEADROOM });
      chart.setScale('sum', { min: 0, max: sum * HEADROOM });
    });
  }

  /** Draws the same again: colours or mark changed. */
  redraw() {
    if (this.drawing) this.chart.redraw(false, true);
  }

  /** Fits the chart to its element. */
  fit() {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (width > 0 && height > 0 && (width !== this.chart.width || height !== this.chart.height)) {
      this.chart.setSize({ width, height });
    }
  }

  /**
   * Places the cursor.
   * @param {number | null} position logarithm of a price; null takes it away
   */
  point(position) {
    const left = position === null ? -10 : this.chart.valToPos(position, 'x');
    const isIn = position !== null && left >= 0 && left <= this.width;
    this.chart.setCursor({ left: isIn ? left : -10, top: isIn ? 10 : -10 }, false);
  }

  /** @returns {uPlot.Options} */
  options() {
    const axis = { stroke: () => colour('--muted'), font: FONT, grid: { show: false }, ticks: { show: false } };
    const line = { stroke: () => colour('--grid'), width: 1 };
    const curve = { scale: 'sum', width: 1.75, points: { show: false } };
    return {
      width: Math.max(100, this.root.clientWidth),
      height: Math.max(100, this.root.clientHeight),
      padding: [2, 0, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false }, bind: NO_MOUSE },
      scales: { x: { time: false, auto: false }, usd: { auto: false }, sum: { auto: false } },
      series: [
        {},
        { ...curve, stroke: () => this.curveColour('--long') },
        { ...curve, stroke: () => this.curveColour('--short') },
      ],
      axes: [
        { ...axis, scale: 'x', side: 2, size: 38, gap: 17, grid: { ...line, show: true },
          splits: (u, _i, low, high) => priceSplits(low, high, (84 / u.over.clientWidth) * (high - low)),
          values: (_u, splits) => splits.map((x) => axisPrice(Math.exp(x))) },
        { ...axis, scale: 'x', side: 0, size: 22, gap: 4,
          splits: (u, _i, low, high) => distanceSplits(low, high, Math.log(this.mark), (64 / u.over.clientWidth) * (high - low)),
          values: (_u, splits) => splits.map((x) => axisDistance(Math.expm1(x - Math.log(this.mark)))) },
        { ...axis, scale: 'usd', side: 3, size: 62, gap: 6, space: 44, grid: { ...line, show: true },
          values: (_u, splits) => splits.map(money) },
        { ...axis, scale: 'sum', side: 1, size: 66, gap: 6, space: 44, values: (_u, splits) => splits.map(money) },
      ],
      hooks: {
        drawAxes: [(u) => {
          if (!this.drawing) return;
          drawStructure(u, this.drawing);
          drawBars(u, this.drawing);
        }],
        draw: [(u) => {
          if (!this.drawing) return;
          drawMarks(u, this.drawing, this.mark);
          this.describe(u, this.drawing);
        }],
      },
    };
  }

  /** @param {string} name */
  curveColour(name) {
    return this.drawing?.shows.has('curves') ? colour(name) : 'transparent';
  }

  /**
   * Says what was drawn, for tests: prices at the ends, the plot's place in the element, what its height is worth.
   * @param {uPlot} u
   * @param {Drawing} drawing
   */
  describe(u, drawing) {
    const plot = this.over.getBoundingClientRect();
    const own = this.root.getBoundingClientRect();
    Object.assign(this.root.dataset, {
      low: Math.exp(u.scales.x?.min ?? NaN), high: Math.exp(u.scales.x?.max ?? NaN),
      left: plot.left - own.left, top: plot.top - own.top, width: plot.width, height: plot.height,
      max: u.scales.usd?.max, maxSum: u.scales.sum?.max, group: drawing.k, sequence: drawing.map.sequence, mark: this.mark,
    });
  }
}

/** The pointer is the view's, so uPlot only draws the cursor. */
const NO_MOUSE = Object.fromEntries(['mousedown', 'mouseup', 'click', 'dblclick', 'mousemove', 'mouseleave', 'mouseenter'].map((name) => [name, () => null]));

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * @param {Drawing} drawing
 * @returns {(number | null)[][]} positions, long sums, short sums: rising by price
 */
function curves({ map, bars, isFiltered }) {
  const far = (/** @type {import('./app.js').Side} */ side) => isFiltered
    ? bars.filter((bar) => bar.side === side).map((bar) => /** @type {[number, number]} */ ([bar.reach, bar.sum]))
    : [...map.cumulative[side]];
  const long = far('long').sort((a, b) => a[0] - b[0]);
  const short = far('short').sort((a, b) => a[0] - b[0]);
  const mark = Math.log(map.markPrice);
  const below = long.filter(([at]) => at < map.markPrice);
  const above = short.filter(([at]) => at > map.markPrice);
  return [
    [...below.map(([at]) => Math.log(at)), mark, ...above.map(([at]) => Math.log(at))],
    [...below.map(([, sum]) => sum), 0, ...above.map(() => null)],
    [...below.map(() => null), 0, ...above.map(([, sum]) => sum)],
  ];
}

/** @param {number} value a round price */
function axisPrice(value) {
  const rounded = Number(value.toPrecision(6));
  return rounded >= 1 ? rounded.toLocaleString('en-US', { maximumFractionDigits: 4 }) : price(rounded);
}

/** @param {number} share */
function axisDistance(share) {
  const rounded = Math.round(share * 1e6) / 1e6;
  if (rounded === 0) return 'mark';
  const size = Math.abs(rounded);
  const decimals = [0, 1].find((digits) => Math.abs(Number((size * 100).toFixed(digits)) - size * 100) < 1e-6) ?? 2;
  return `${rounded > 0 ? '+' : '−'}${percent(size, decimals)}`;
}
