// @ts-check
import { drawCandles } from './candles.js';
import { HeatData } from './heat-data.js';
import { HeatPlot } from './heat-plot.js';
import { Intensity } from './intensity.js';
import { drawMarkers } from './markers.js';
import { loadPalettes } from './palette.js';
import { Profile, drawLevels } from './profile.js';

const HOUR = 3_600_000;

/**
 * Pans and zooms over invented cells for a while, with all layers, as drags and wheels do:
 * `(await import('/heat-bench.js')).bench()`. Times of frames, and of scripts within them, in ms.
 * @param {{seconds?: number, columns?: number, rows?: number, width?: number, height?: number}} [options]
 */
export async function bench({ seconds = 5, columns = 1000, rows = 1000, width = innerWidth, height = innerHeight } = {}) {
  const [host, left, canvas] = ['div', 'div', 'canvas'].map((tag) => document.createElement(tag));
  host.style.cssText = `position:fixed;left:0;top:0;z-index:99;display:flex;background:#000;width:${width}px;height:${height}px`;
  left.style.cssText = 'flex:1;min-width:0;height:100%';
  canvas.style.cssText = 'width:132px;height:100%';
  host.append(left, canvas);
  document.body.append(host);
  const data = invented(columns, rows);
  const markers = Array.from({ length: 300 }, (_, i) => ({ time: (i * columns * HOUR) / 300, price: data.close[Math.floor((i * columns) / 300)], notional: 1 + (i % 17), isLong: i % 3 > 0, isSweep: i % 2 > 0, text: '' }));
  const plot = new HeatPlot(left, [
    drawCandles,
    (context, frame) => drawLevels(context, frame, [{ price: 45_000, amount: 1e7, side: 'long' }, { price: 60_000, amount: 1e7, side: 'short' }], data.to),
    (context, frame) => drawMarkers(context, frame, markers, 17),
  ]);
  const profile = new Profile(/** @type {HTMLCanvasElement} */ (canvas));
  profile.rows = Array.from({ length: rows }, (_, row) => ({ low: data.price(row), high: data.price(row + 1), long: 0, short: row % 50 }));
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
  const scripts = [];
  for (let share = 0; share < 1;) {
    const now = await new Promise(requestAnimationFrame);
    starts.push(now);
    share = (now - starts[0]) / (seconds * 1000);
    const turn = Math.sin(share * 6 * Math.PI);
    const before = performance.now();
    plot.viewport.zoomTime(1 - 0.03 * turn, 0.3);
    plot.viewport.zoomPrice(1 - 0.02 * turn, 0.6);
    plot.viewport.pan(0.01 * Math.cos(share * 10 * Math.PI), 0.006 * turn);
    plot.drawNow();
    scripts.push(performance.now() - before);
  }
  plot.u.destroy();
  host.remove();
  const frames = starts.slice(1).map((time, i) => time - starts[i]);
  return { cells: columns * rows, frames: frames.length, framesPerSecond: (frames.length * 1000) / (starts[frames.length] - starts[0]), frameMs: percentiles(frames), scriptMs: percentiles(scripts), paintMs };
}

/** @param {number} columns @param {number} rows */
function invented(columns, rows) {
  const time = Float64Array.from({ length: columns }, (_, i) => (i + 1) * HOUR);
  const open = time.map((_, i) => 52_000 + 6000 * Math.sin(i / 60) + 900 * Math.sin(i / 3.7));
  const close = open.map((price, i) => open[i + 1] ?? price);
  // A fixed sequence that looks like noise.
  const cells = new Float32Array(columns * rows).map((_, i) => Math.exp(6 + (9 * (Math.imul(i, 0x9e3779b1) >>> 8)) / (1 << 24)));
  return new HeatData({ columns, rows, group: 1, every: HOUR, lowest: 38_000, ratio: Math.pow(2, 1 / rows), done: 1, time, open, high: open.map((p) => p * 1.01), low: close.map((p) => p * 0.99), close, mark: close, cells });
}

/** @param {number[]} times */
function percentiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] * 100) / 100;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
