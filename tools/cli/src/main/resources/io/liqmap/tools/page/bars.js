// @ts-check
/**
 * Bars of the map: buckets of the lattice, k to a bar. Sums only; a bar's edges are edges of buckets.
 *
 * @typedef {{side: import('./app.js').Side, low: number, high: number, notional: number, quantity: number,
 *   layers: Float64Array, least: number, most: number, reach: number, sum: number, buckets: number}} Bar
 *   `low`, `high`: prices; `layers`: notional of each layer; `least`, `most`: of any model, notional, NaN without;
 *   `reach`: the far edge; `sum`: notional from mark to there
 */

/** How many buckets a bar may hold. */
export const GROUPS = [1, 2, 5, 10, 20, 50, 100, 200];

/**
 * @param {import('./app.js').MapAnswer} map
 * @param {number} k buckets in a bar
 * @param {import('./tiers.js').Layer[]} layers
 * @param {Set<string>} hidden keys of layers that are left out
 * @returns {Bar[]} rising by price
 */
export function barsOf(map, k, layers, hidden) {
  const step = Math.log1p(map.assumptions.resolutionBps / 1e4);
  const places = new Map(layers.map((layer, i) => [layer.key, i]));
  const offset = map.buckets[0] ? Math.log(map.buckets[0].priceLow) / step : 0;
  /** @type {Map<string, Bar>} */
  const bars = new Map();
  const edge = (/** @type {number} */ index) => Math.exp((index + (offset - Math.floor(offset))) * step);
  for (const bucket of map.buckets) {
    const index = Math.round(Math.log(bucket.priceLow) / step - offset) + Math.floor(offset);
    const first = Math.floor(index / k) * k;
    const key = bucket.side + first;
    let bar = bars.get(key);
    if (!bar) {
      const low = edge(first);
      const high = edge(first + k);
      bar = { side: bucket.side, low, high, notional: 0, quantity: 0, layers: new Float64Array(layers.length),
        least: NaN, most: NaN, reach: bucket.side === 'long' ? low : high, sum: 0, buckets: 0 };
      bars.set(key, bar);
    }
    add(bar, bucket, places, hidden);
  }
  const rising = [...bars.values()].sort((a, b) => a.low - b.low || (a.side === 'long' ? -1 : 1));
  sumOutward(rising.filter((bar) => bar.side === 'short'));
  sumOutward(rising.filter((bar) => bar.side === 'long').reverse());
  return rising;
}

/**
 * @param {Bar} bar
 * @param {import('./app.js').Bucket} bucket
 * @param {Map<string, number>} places
 * @param {Set<string>} hidden
 */
function add(bar, bucket, places, hidden) {
  const priceOf = bucket.quantity > 0 ? bucket.notional / bucket.quantity : 0;
  const parts = Object.entries(bucket.members ?? bucket.tiers);
  const unit = bucket.members ? 1 : priceOf;
  bar.buckets++;
  for (const [key, amount] of parts) {
    if (hidden.has(key)) continue;
    const place = places.get(key);
    if (place !== undefined) bar.layers[place] = (bar.layers[place] ?? 0) + amount * unit;
  }
  const shown = hidden.size
    ? parts.reduce((sum, [key, amount]) => (hidden.has(key) ? sum : sum + amount * unit), 0)
    : bucket.notional;
  bar.notional += shown;
  bar.quantity += hidden.size ? (priceOf > 0 ? shown / priceOf : 0) : bucket.quantity;
  if (bucket.spread && !hidden.size) {
    bar.least = (Number.isNaN(bar.least) ? 0 : bar.least) + bucket.spread.least * priceOf;
    bar.most = (Number.isNaN(bar.most) ? 0 : bar.most) + bucket.spread.most * priceOf;
  }
}

/** @param {Bar[]} outward bars of a side, from mark */
function sumOutward(outward) {
  let sum = 0;
  for (const bar of outward) bar.sum = sum += bar.notional;
}

/**
 * @param {Bar[]} bars rising
 * @param {number} price
 * @param {number} mark
 * @returns {number} index of the bar that holds the price; else of the nearest one towards mark; -1 for none
 */
export function barAt(bars, price, mark) {
  const side = price < mark ? 'long' : 'short';
  let found = -1;
  for (let i = 0; i < bars.length; i++) {
    const bar = /** @type {Bar} */ (bars[i]);
    if (bar.side !== side) continue;
    if (side === 'short' && bar.low <= price) found = i;
    if (side === 'long' && bar.high > price) return i;
  }
  return found;
}
