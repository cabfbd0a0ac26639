// @ts-check
/** @import { Level } from './profile.js' */
import { drawCandles } from './candles.js';
import { HeatData } from './heat-data.js';
import { HeatPlot } from './heat-plot.js';
import { Intensity } from './intensity.js';
import { drawMarkers } from './markers.js';
import { loadPalettes } from './palette.js';
import { Profile, drawLevels } from './profile.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

/**
 * Pans and zooms over invented cells for a while, with all layers, as a drag and a wheel do.
 * `(await import('/heat-bench.js')).bench({seconds: 5})`
 * @param {{seconds?: number, columns?: number, rows?: number, width?: number, height?: number}} [options]
 * @returns {Promise<{cells: number, frames: number, framesPerSecond: number, frameMs: Record<string, number>,
 *   drawMs: Record<string, number>, paintMs: number}>} times of frames, of drawing within them, and of painting all cells
 */
export async function bench({ seconds = 5, columns = 1000, rows = 1000, width = innerWidth, height = innerHeight } = {}) {
  const host = document.createElement('div');
  host.style.cssText = `position:fixed;inset:0 auto auto 0;z-index:99;display:flex;background:#000;width:${width}px;height:${height}px`;
  const left = document.createElement('div');
  left.style.cssText = 'flex:1;min-width:0;height:100%';
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'width:132px;height:100%';
  host.append(left, canvas);
  document.body.append(host);
  const data = invented(columns, rows);
  const markers = Array.from({ length: 300 }, (_, i) => ({ time: START + (i * columns * HOUR) / 300, price: data.close[Math.floor((i * columns) / 300)], notional: 1 + (i % 17), isLong: i % 3 > 0, isSweep: i % 2 > 0, text: '' }));
  const levels = /** @type {Level[]} */ ([{ price: 45_000, amount: 1e7, side: 'long' }, { price: 60_000, amount: 1e7, side: 'short' }]);
  const plot = new HeatPlot(left, [
    drawCandles,
    (context, frame) => drawLevels(context, frame, levels, data.to),
    (context, frame) => drawMarkers(context, frame, markers, 17),
  ]);
  const profile = new Profile(canvas);
  profile.rows = Array.from({ length: rows }, (_, row) => ({ low: data.price(row), high: data.price(row + 1), long: row * 2 < rows ? row % 50 : 0, short: row * 2 < rows ? 0 : row % 50 }));
  plot.onDrawn = (frame) => profile.draw(frame);
  plot.setColours((await loadPalettes())[0], new Intensity(1e3, 1e6, 'log'));
  plot.viewport.setWhole({ from: data.from, to: data.to, low: data.lowest, high: data.highest });
  plot.setData(data);
  plot.resize();
  const began = performance.now();
  plot.drawNow();
  const paintMs = performance.now() - began;

  /** @type {number[]} */
  const starts = [];
  /** @type {number[]} */
  const draws = [];
  await new Promise((done) => {
    const step = (/** @type {number} */ now) => {
      starts.push(now);
      const share = (now - starts[0]) / (seconds * 1000);
      const turn = Math.sin(share * 6 * Math.PI);
      const { viewport } = plot;
      viewport.zoomTime(1 - 0.03 * turn, 0.3);
      viewport.zoomPrice(1 - 0.02 * turn, 0.6);
      viewport.pan(0.01 * Math.cos(share * 10 * Math.PI), 0.006 * turn);
      const before = performance.now();
      plot.drawNow();
      draws.push(performance.now() - before);
      if (share < 1) requestAnimationFrame(step);
      else done(null);
    };
    requestAnimationFrame(step);
  });
  plot.u.destroy();
  host.remove();
  const frames = starts.slice(1).map((time, i) => time - starts[i]);
  return { cells: columns * rows, frames: frames.length, framesPerSecond: (frames.length * 1000) / (starts[starts.length - 1] - starts[0]), frameMs: percentiles(frames), drawMs: percentiles(draws), paintMs };
}

/** @param {number} columns @param {number} rows */
function invented(columns, rows) {
  const time = Float64Array.from({ length: columns }, (_, i) => START + (i + 1) * HOUR);
  const open = time.map((_, i) => 52_000 + 6000 * Math.sin(i / 60) + 900 * Math.sin(i / 3.7));
  const close = time.map((_, i) => 52_000 + 6000 * Math.sin((i + 1) / 60) + 900 * Math.sin((i + 1) / 3.7));
  const cells = new Float32Array(columns * rows);
  for (let i = 0; i < cells.length; i++) {
    // A fixed sequence that looks like noise.
    const noise = (Math.imul(i, 0x9e3779b1) >>> 8) / (1 << 24);
    cells[i] = (i % rows < rows / 2 ? -1 : 1) * Math.exp(6 + 9 * noise);
  }
  return new HeatData({ columns, rows, group: 1, every: HOUR, lowest: 38_000, ratio: Math.pow(2, 1 / rows), done: 1, time, open, high: open.map((p) => p * 1.01), low: close.map((p) => p * 0.99), close, mark: close, cells });
}

/** @param {number[]} times */
function percentiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] * 100) / 100;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
