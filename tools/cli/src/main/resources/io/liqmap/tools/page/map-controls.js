// @ts-check
import { GROUPS } from './bars.js';
import { byId, make, say } from './dom.js';
import { distance, money, percent, price, time } from './format.js';

/** What can be shown and hidden, by its key in the link. */
const NAMES = /** @type {Record<string, string>} */ ({
  curves: 'Curves',
  clusters: 'Clusters',
  pain: 'Max pain',
  structure: 'Structure',
  spread: 'Spread',
});

export const PARTS = Object.keys(NAMES);

/** The controls around the map, and the line below it. */
export class MapControls {
  /**
   * @param {HTMLElement} root
   * @param {{toggle: (part: string) => void, group: (k: string) => void, near: () => void, full: () => void}} does
   */
  constructor(root, does) {
    const button = (/** @type {string} */ id, /** @type {string} */ label, /** @type {() => void} */ onclick, title = '') =>
      make('button', { type: 'button', id, className: 'quiet small', onclick, title }, label);
    this.group = make('select', { id: 'map-group', className: 'small', 'aria-label': 'Width of a bar' });
    this.group.addEventListener('change', () => does.group(this.group.value));
    this.parts = PARTS.map((part) => button(`map-show-${part}`, NAMES[part] ?? part, () => does.toggle(part)));
    this.near = button('map-near', '±15 %', does.near, 'Within 15 % of mark (0)');
    this.full = button('map-full', 'All prices', does.full, 'All prices (f)');
    this.chart = make('div', { id: 'map-chart', tabIndex: 0, role: 'application', 'aria-roledescription': 'chart' });
    this.note = make('p', { className: 'note', id: 'map-note' });
    root.replaceChildren(
      make('div', { className: 'bar', id: 'map-bar' },
        make('div', { className: 'buttons' }, ...this.parts),
        make('label', { className: 'field inline' }, make('span', {}, 'Bar'), this.group),
        make('div', { className: 'buttons' }, this.near, this.full),
        make('output', { id: 'to-price' })),
      make('div', { className: 'stage' },
        this.chart,
        make('div', { id: 'map-readout', className: 'readout', hidden: true }),
        make('p', { id: 'map-empty', className: 'empty' }, 'Waiting for the map.')),
      make('div', { id: 'tier-legend', role: 'group', 'aria-label': 'Layers of the bars' }),
      this.note);
  }

  /**
   * @param {import('./map-chart.js').Drawing} drawing
   * @param {import('./state.js').Choice} choice
   * @param {number} mark
   */
  show(drawing, choice, mark) {
    const { map, shows } = drawing;
    PARTS.forEach((part, i) => this.parts[i].setAttribute('aria-pressed', String(shows.has(part))));
    byId('map-show-spread').hidden = !map.buckets.some((bucket) => bucket.spread);
    const range = choice.get('map.low') !== null ? '' : choice.get('map.range') ?? 'near';
    this.near.setAttribute('aria-pressed', String(range === 'near'));
    this.full.setAttribute('aria-pressed', String(range === 'full'));
    this.showGroups(map.assumptions.resolutionBps, drawing.k, choice.get('map.group') ?? '');
    say(this.note, noteOf(map, shows.has('structure')));
    this.chart.setAttribute('aria-label', `Liquidation map of ${map.instrument}, mark ${price(mark)}, coverage ${percent(map.coverage.long)}`
      + ` of longs, ${percent(map.coverage.short)} of shorts. Arrow keys read bars, plus and minus zoom.`);
  }

  /**
   * @param {number} bps of a bucket
   * @param {number} k buckets in a bar now
   * @param {string} chosen
   */
  showGroups(bps, k, chosen) {
    const entries = [['', `auto (${distance(bps * k)})`], ...GROUPS.map((one) => [String(one), distance(bps * one)])];
    if (!entries.some(([value]) => value === chosen)) entries.push([chosen, distance(bps * k)]);
    const wanted = entries.flat().join() + chosen;
    if (this.group.dataset.entries === wanted) return;
    this.group.dataset.entries = wanted;
    this.group.replaceChildren(...entries.map(([value, label]) => make('option', { value }, label ?? '')));
    this.group.value = chosen;
  }
}

/**
 * @param {import('./app.js').MapAnswer} map
 * @param {boolean} hasStructure
 */
function noteOf(map, hasStructure) {
  const { maxPain: pain, structure } = map;
  const at = (/** @type {any} */ one) => `${price(one.price)} (${money(one.notional)})`;
  return `As of ${time(map.time)} UTC${map.since ? `, positions opened since ${time(map.since, false)}` : ''}`
    + (pain?.long ? ` · max pain long ${at(pain.long)}` : '')
    + (pain?.short ? `, short ${at(pain.short)}` : '')
    + (hasStructure && structure?.valueAreaLow
      ? ` · value area ${price(structure.valueAreaLow)} – ${price(structure.valueAreaHigh)}, most traded ${price(structure.pointOfControl)}`
      : '');
}
