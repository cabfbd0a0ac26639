// @ts-check
import { make } from './dom.js';
import { money, number, percent, price, time } from './format.js';

/** Rows of layers that the readout lists before it sums up the rest. */
const LAYERS = 7;

/**
 * The exact figures of a bar.
 * @param {import('./bars.js').Bar} bar
 * @param {import('./map-chart.js').Drawing} drawing
 * @returns {Node[]}
 */
export function readoutOf(bar, { map, layers }) {
  const unit = map.units.notional;
  const parts = layers
    .map((layer, i) => ({ layer, amount: bar.layers[i] ?? 0 }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount);
  const rows = parts.slice(0, LAYERS).map(({ layer, amount }) => layerRow(layer.label, layer.colour, amount, bar.notional));
  if (parts.length > LAYERS) {
    const rest = parts.slice(LAYERS).reduce((sum, { amount }) => sum + amount, 0);
    rows.push(layerRow(`${parts.length - LAYERS} more`, null, rest, bar.notional));
  }
  return [
    make('p', { className: `readout-title ${bar.side}` }, make('b', {}, `${price(bar.low)} – ${price(bar.high)}`),
      ` ${bar.side}s${bar.buckets > 1 ? `, ${bar.buckets} buckets` : ''}`),
    make('dl', {}, ...row('Notional', `${exact(bar.notional)} ${unit}`), ...row('Quantity', `${quantity(bar.quantity)} ${map.units.quantity}`),
      ...(bar.most > 0 ? row('Models', `${money(bar.least)} – ${money(bar.most)} ${unit}`) : []), ...notes(bar, map)),
    make('table', {}, make('tbody', {}, ...rows)),
  ];
}

/**
 * @param {string} label
 * @param {string | null} colour
 * @param {number} amount
 * @param {number} whole
 */
function layerRow(label, colour, amount, whole) {
  const swatch = make('i', { className: 'swatch' });
  if (colour) swatch.style.background = colour;
  return make('tr', {}, make('th', { scope: 'row' }, swatch, label), make('td', {}, money(amount)), make('td', {}, percent(amount / whole, 0)));
}

/**
 * @param {string} name
 * @param {string} value
 */
const row = (name, value) => [make('dt', {}, name), make('dd', {}, value)];

/**
 * @param {import('./bars.js').Bar} bar
 * @param {import('./app.js').MapAnswer} map
 * @returns {Node[]} cluster and structure in the bar's prices
 */
function notes(bar, map) {
  const isIn = (/** @type {number} */ value) => value >= bar.low && value < bar.high;
  const found = [];
  for (const cluster of map.clusters) {
    if (cluster.side !== bar.side || cluster.priceLow >= bar.high || cluster.priceHigh <= bar.low) continue;
    const name = cluster.id === null ? 'Cluster' : `Cluster ${cluster.id}`;
    found.push(...row(name, `${price(cluster.priceLow)} – ${price(cluster.priceHigh)}, ${money(cluster.notional)}`));
  }
  for (const swing of map.structure?.swings ?? []) {
    if (isIn(swing.price)) found.push(...row(`Swing ${swing.kind}`, `${price(swing.price)}, ${swing.scaleBps} bp, ${time(swing.time, false)}`));
  }
  if (map.structure?.pointOfControl && isIn(map.structure.pointOfControl)) found.push(...row('Volume', 'point of control'));
  for (const node of map.structure?.highVolumeNodes ?? []) {
    if (isIn(node.price)) found.push(...row('Volume node', percent(node.share)));
  }
  return found.slice(0, 8);
}

/**
 * What it takes to a price, as one line.
 * @param {import('./bars.js').Bar | null} bar
 * @param {import('./map-chart.js').Drawing} drawing
 * @param {number} mark
 * @param {number | null} at the price that is pointed at; without a bar nothing lies between it and mark
 */
export function toPrice(bar, { map, isFiltered }, mark, at) {
  if (!bar && at === null) return 'Point at a price';
  const reach = bar?.reach ?? at ?? mark;
  const away = reach / mark - 1;
  return `To ${price(reach)} (${away < 0 ? '−' : '+'}${percent(Math.abs(away))}): ${money(bar?.sum ?? 0)} ${map.units.notional} of ${bar?.side ?? (away < 0 ? 'long' : 'short')}s`
    + (isFiltered ? ', filtered' : '');
}

/** @param {number} amount */
const exact = (amount) => number(amount, amount < 1000 ? 2 : 0);

/** @param {number} amount */
const quantity = (amount) => number(amount, amount >= 1000 ? 1 : amount >= 1 ? 3 : 6);
