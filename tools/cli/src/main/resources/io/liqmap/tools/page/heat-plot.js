// @ts-check
/** @import { HeatData } from './heat-data.js' */
/** @import { Intensity } from './intensity.js' */
/** @import { Palette } from './palette.js' */
import { priceLabels, priceSplits, timeLabels, timeSplits } from './heat-axes.js';
import { Frame } from './heat-frame.js';
import { HeatImage } from './heat-image.js';
import { Viewport } from './viewport.js';

const uPlot = /** @type {any} */ (globalThis).uPlot;
const BOTTOM = 36;

/**
 * A drawing on top of the heat, in the order of the layers.
 * @typedef {(context: CanvasRenderingContext2D, frame: Frame, data: HeatData) => void} Layer
 */

/**
 * Heat, layers and axes on one canvas. Pan and zoom only draw it again; the cells are painted again when data, palette
 * or intensity change. The `data-` attributes of the canvas say where times, prices and colours lie.
 */
export class HeatPlot {
  /** @param {HTMLElement} root @param {Layer[]} layers */
  constructor(root, layers) {
    this.root = root;
    this.layers = layers;
    this.image = new HeatImage();
    this.viewport = new Viewport(() => this.draw());
    /** @type {HeatData | null} */
    this.data = null;
    /** @type {Palette | null} */
    this.palette = null;
    /** @type {Intensity | null} */
    this.intensity = null;
    this.isHeatShown = true;
    this.isPainted = false;
    this.request = 0;
    /** Called after each drawing.
     * @type {(frame: Frame) => void} */
    this.onDrawn = () => {};
    this.colours = { text: '#888', line: '#444', waiting: '#222', wait: '#333' };
    this.u = this.make(1, 1);
  }

  /** @param {number} width @param {number} height */
  make(width, height) {
    const axis = { scale: 'x', grid: { show: false }, font: '11px system-ui, sans-serif', stroke: () => this.colours.text, ticks: { stroke: () => this.colours.line, size: 4 }, gap: 4 };
    return new uPlot(
      {
        width,
        height,
        ms: 1,
        padding: [8, 0, 0, 14],
        legend: { show: false },
        cursor: { show: false },
        select: { show: false },
        scales: {
          x: { time: true, range: () => [this.viewport.range.from, this.viewport.range.to] },
          y: { distr: 3, auto: false, range: () => [this.viewport.range.low, this.viewport.range.high] },
        },
        axes: [
          {
            ...axis,
            size: BOTTOM,
            splits: (/** @type {any} */ u, /** @type {number} */ _, /** @type {number} */ from, /** @type {number} */ to) => timeSplits(from, to, u.width / 74),
            values: (/** @type {any} */ _, /** @type {number[]} */ splits) => timeLabels(splits),
          },
          {
            ...axis,
            scale: 'y',
            side: 1,
            size: 62,
            filter: (/** @type {any} */ _, /** @type {number[]} */ splits) => splits,
            splits: (/** @type {any} */ u, /** @type {number} */ _, /** @type {number} */ low, /** @type {number} */ high) => priceSplits(low, high, u.height / 44),
            values: (/** @type {any} */ _, /** @type {number[]} */ splits) => priceLabels(splits),
          },
        ],
        series: [{}, { scale: 'y', show: false }],
        hooks: { drawClear: [() => this.drawHeat()], draw: [() => this.onDrawn(this.frame())] },
      },
      [[0, 1], [null, null]],
      this.root,
    );
  }

  /** The element that covers the plot, for gestures and cursors. */
  get over() {
    return /** @type {HTMLElement} */ (this.u.over);
  }

  get canvas() {
    return /** @type {HTMLCanvasElement} */ (this.u.ctx.canvas);
  }

  /** @returns {Frame} where things lie now */
  frame() {
    return new Frame(this.viewport.range, this.u.bbox, uPlot.pxRatio);
  }

  /** @param {HeatData | null} data */
  setData(data) {
    this.data = data;
    this.repaint();
  }

  /** @param {Palette} palette @param {Intensity | null} intensity */
  setColours(palette, intensity) {
    if (palette === this.palette && intensity === this.intensity) return;
    this.palette = palette;
    this.intensity = intensity;
    this.repaint();
  }

  repaint() {
    this.isPainted = false;
    this.draw();
  }

  /** Fits the canvas to its box. */
  resize() {
    const { clientWidth: width, clientHeight: height } = this.root;
    if (width < 80 || height < 60) return;
    if (width !== this.u.width || height !== this.u.height) this.u.setSize({ width, height });
    this.draw();
  }

  /** Draws before the next frame. */
  draw() {
    if (!this.request) this.request = requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    cancelAnimationFrame(this.request);
    this.request = 0;
    const { from, to, low, high } = this.viewport.range;
    if (this.data && this.palette && this.intensity && !this.isPainted) {
      this.image.paint(this.data, this.palette, this.intensity);
      this.isPainted = true;
    }
    this.u.batch(() => {
      this.u.setScale('x', { min: from, max: to });
      this.u.setScale('y', { min: low, max: high });
    });
  }

  drawHeat() {
    const context = /** @type {CanvasRenderingContext2D} */ (this.u.ctx);
    const frame = this.frame();
    context.save();
    context.beginPath();
    context.rect(frame.left, frame.top, frame.width, frame.height);
    context.clip();
    const { data } = this;
    const isCovered = this.isPainted && this.isHeatShown && data && data.done >= 1 && frame.from >= data.from && frame.to <= data.to && frame.low >= data.lowest && frame.high <= data.highest;
    if (!isCovered) {
      context.fillStyle = this.palette?.css(0) ?? '#000';
      context.fillRect(frame.left, frame.top, frame.width, frame.height);
    }
    if (data && this.isPainted) {
      if (this.isHeatShown) {
        hatch(context, frame, data);
        this.image.draw(context, frame);
      }
      for (const layer of this.layers) layer(context, frame, data);
    }
    context.restore();
    this.describe(frame);
  }

  /**
   * Describes where things lie, in canvas pixels.
   * @param {Frame} frame
   */
  describe(frame) {
    const { data, intensity } = this;
    const attributes = {
      from: frame.from,
      to: frame.to,
      low: frame.low,
      high: frame.high,
      left: frame.left,
      top: frame.top,
      width: frame.width,
      height: frame.height,
      columns: data?.columns ?? 0,
      rows: data?.rows ?? 0,
      group: data?.group ?? 0,
      every: data?.every ?? 0,
      first: data?.from ?? 0,
      last: data?.to ?? 0,
      lowest: data?.lowest ?? 0,
      ratio: data?.ratio ?? 0,
      done: data?.done ?? 0,
      palette: this.palette?.name ?? '',
      intensityLow: intensity?.low ?? 0,
      intensityHigh: intensity?.high ?? 0,
      intensityScale: intensity?.scale ?? '',
    };
    const { dataset } = this.canvas;
    for (const [name, value] of Object.entries(attributes)) {
      const text = String(value);
      if (dataset[name] !== text) dataset[name] = text;
    }
  }
}

/**
 * Hatches columns that aren't made yet.
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {HeatData} data
 */
function hatch(context, frame, data) {
  if (data.done >= 1) return;
  for (let column = 0; column < data.columns; column++) {
    if (data.isMade(column)) continue;
    const first = column;
    while (column + 1 < data.columns && !data.isMade(column + 1)) column++;
    stripes(context, frame, Math.max(frame.left, frame.x(data.start(first))), Math.min(frame.left + frame.width, frame.x(data.time[column])));
  }
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {number} left @param {number} right */
function stripes(context, frame, left, right) {
  if (right <= left) return;
  context.save();
  context.beginPath();
  context.rect(left, frame.top, right - left, frame.height);
  context.clip();
  context.beginPath();
  for (let x = left - frame.height; x < right; x += 9 * frame.ratio) {
    context.moveTo(x, frame.top + frame.height);
    context.lineTo(x + frame.height, frame.top);
  }
  context.strokeStyle = 'rgba(255, 255, 255, 0.13)';
  context.lineWidth = frame.ratio;
  context.stroke();
  context.restore();
}
