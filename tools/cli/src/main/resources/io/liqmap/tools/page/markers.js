// @ts-check
/** @import { MapEvent } from './app.js' */
/** @import { Frame } from './heat-frame.js' */
import { money } from './format.js';

/**
 * What happened on the chart: reported liquidations as dots, sweeps as triangles that point where price went, both by
 * area as large as what they cleared. Those of a side that share a column are one.
 *
 * @typedef {{time: number, price: number, notional: number, isLong: boolean, isSweep: boolean, text: string}} Marker
 */
const LEAST = 1.5;
const MOST = 9;

/** Colours of longs and shorts on the heat, whose ground is dark in both themes. */
export const SIDE_COLOURS = { long: '#ff9d4d', short: '#5cc8ff' };

/**
 * @param {MapEvent[]} events in the order of time
 * @param {number} every ms that are one on the chart
 * @returns {Marker[]} in the order of time
 */
export function markersOf(events, every) {
  /** @type {Map<string, Marker & {count: number}>} */
  const markers = new Map();
  for (const event of events) {
    const isSweep = event.kind === 'sweep';
    const isLong = event.side === 'long';
    // A sweep got as far as its far edge.
    const price = isSweep ? (isLong ? event.priceLow : event.priceHigh) ?? event.price : event.price;
    const notional = event.notional ?? 0;
    if (!price || !(notional > 0)) continue;
    const time = Date.parse(event.time);
    const key = `${event.kind} ${event.side} ${Math.ceil(time / every)}`;
    const known = markers.get(key);
    if (!known) markers.set(key, { time, price, notional, isLong, isSweep, text: event.text, count: 1 });
    else {
      // The largest one, or where a sweep ended, is the place of all.
      if (isSweep ? (isLong ? price < known.price : price > known.price) : notional > known.notional / known.count) Object.assign(known, { time, price });
      known.notional += notional;
      known.count++;
      known.text = `${known.count} ${isSweep ? 'sweeps' : 'reported liquidations'} of ${event.side}s, ${money(known.notional)}`;
    }
  }
  return [...markers.values()].sort((a, b) => a.time - b.time);
}

/** @param {Marker} marker @param {number} largest notional of them all @returns {number} radius, CSS pixels */
export function radius(marker, largest) {
  return Math.max(LEAST, MOST * Math.sqrt(marker.notional / largest));
}

/** Pictures of markers by kind and size: drawing one is cheaper than its path.
 * @type {Map<string, ImageBitmap>} */
const sprites = new Map();

/** @param {Marker} marker @param {number} r radius, canvas pixels @param {number} edge */
function sprite({ isSweep, isLong }, r, edge) {
  const key = `${isSweep} ${isLong} ${r} ${edge}`;
  const known = sprites.get(key);
  if (known) return known;
  const size = 2 * Math.ceil(r + edge);
  const canvas = new OffscreenCanvas(size, size);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.translate(size / 2, size / 2);
  if (isSweep) {
    // Its tip is where price got to.
    const down = isLong ? r : -r;
    context.moveTo(0, -0.9 * down);
    context.lineTo(-r, 0.9 * down);
    context.lineTo(r, 0.9 * down);
    context.closePath();
  } else context.arc(0, 0, r, 0, 2 * Math.PI);
  context.lineJoin = 'round';
  context.strokeStyle = 'rgba(8, 10, 14, 0.9)';
  context.lineWidth = 2 * edge;
  context.stroke();
  context.fillStyle = isLong ? SIDE_COLOURS.long : SIDE_COLOURS.short;
  context.fill();
  const picture = canvas.transferToImageBitmap();
  sprites.set(key, picture);
  return picture;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Marker[]} markers
 * @param {number} largest notional of them all
 */
export function drawMarkers(context, frame, markers, largest) {
  for (const marker of markers) {
    if (marker.time < frame.from || marker.time > frame.to || marker.price < frame.low || marker.price > frame.high) continue;
    const r = Math.round(radius(marker, largest) * frame.ratio * 2) / 2;
    const picture = sprite(marker, r, frame.ratio);
    const half = picture.width / 2;
    const down = marker.isSweep ? (marker.isLong ? r : -r) : 0;
    context.drawImage(picture, Math.round(frame.x(marker.time) - half), Math.round(frame.y(marker.price) + down - half));
  }
}

/**
 * @param {Marker[]} markers
 * @param {Frame} frame
 * @param {number} largest
 * @param {number} x canvas pixels
 * @param {number} y
 * @returns {Marker | null} the nearest one that the place is on
 */
export function markerAt(markers, frame, largest, x, y) {
  let best = null;
  let least = Infinity;
  for (const marker of markers) {
    const r = radius(marker, largest);
    const down = marker.isSweep ? (marker.isLong ? r : -r) : 0;
    const distance = Math.hypot(frame.x(marker.time) - x, frame.y(marker.price) + down * frame.ratio - y) / frame.ratio - r;
    if (distance < Math.min(3, least)) {
      least = distance;
      best = marker;
    }
  }
  return best;
}
