// @ts-check
/** @import { Palette } from './palette.js' */
/** @import { Choice } from './state.js' */
import { make } from './dom.js';

const GROUPS = [1, 2, 5, 10, 25, 50];

/** What lies over the heat and can be hidden, by its name in the link. */
export const LAYERS = /** @type {const} */ (['heat', 'candles', 'liquidations', 'sweeps', 'levels']);

const NAMES = { heat: 'Heat', candles: 'Price', liquidations: 'Liquidations', sweeps: 'Sweeps', levels: 'Levels' };
const TITLES = {
  heat: 'What is on the map, by time and price (H)',
  candles: 'Candles, or the line of closes',
  liquidations: 'Liquidations that the venue reported, as dots',
  sweeps: 'What mark took off the map, as triangles by size',
  levels: 'The heaviest level of each side as of now',
};

/** The choices beside the legend: height of a cell, palette, what is shown; all are in the link. */
export class HeatControls {
  /** @param {Choice} choice */
  constructor(choice) {
    this.choice = choice;
    this.group = make('select', { id: 'heat-group', title: 'Height of a cell, in buckets of the map' });
    this.group.append(make('option', { value: '' }, 'auto'));
    for (const group of GROUPS) this.group.append(make('option', { value: String(group) }, `×${group}`));
    this.group.addEventListener('change', () => choice.set({ 'heat.group': this.group.value }));
    this.palette = make('select', { id: 'heat-palette' });
    this.palette.addEventListener('change', () => choice.set({ 'heat.palette': this.palette.value === this.palette.options[0].value ? null : this.palette.value }));
    this.reset = make('button', { type: 'button', id: 'heat-reset', className: 'heat-reset', title: 'Show all (0, double click)' }, 'Reset');
    this.reset.addEventListener('click', () => choice.set({ 'heat.t': null, 'heat.p': null }));
    this.layers = LAYERS.map((name) => {
      const button = make('button', { type: 'button', id: `heat-layer-${name}`, className: 'quiet', title: TITLES[name] }, NAMES[name]);
      button.addEventListener('click', () => this.toggle(name));
      return button;
    });
    this.element = make('div', { className: 'heat-controls' },
      make('label', { className: 'field inline' }, make('span', {}, 'Cells'), this.group),
      make('label', { className: 'field inline' }, make('span', {}, 'Palette'), this.palette),
      make('div', { className: 'heat-layers', role: 'group', 'aria-label': 'What is shown' }, ...this.layers));
    this.follow();
  }

  /** @param {Palette[]} palettes */
  setPalettes(palettes) {
    this.palette.replaceChildren(...palettes.map(({ name }) => make('option', { value: name }, name)));
    this.follow();
  }

  /** @returns {Set<string>} */
  hidden() {
    return new Set((this.choice.get('heat.hide') ?? '').split(',').filter(Boolean));
  }

  /** @param {string} name */
  toggle(name) {
    const hidden = this.hidden();
    if (!hidden.delete(name)) hidden.add(name);
    this.choice.set({ 'heat.hide': [...hidden].join(',') }, false);
  }

  /** Shows what the link says. */
  follow() {
    this.group.value = this.choice.get('heat.group') ?? '';
    const palette = this.choice.get('heat.palette');
    if (palette) this.palette.value = palette;
    else this.palette.selectedIndex = 0;
    const hidden = this.hidden();
    LAYERS.forEach((name, i) => this.layers[i].setAttribute('aria-pressed', String(!hidden.has(name))));
    this.reset.hidden = !this.choice.get('heat.t') && !this.choice.get('heat.p');
  }

  /**
   * Shows how many buckets a row has, where that isn't what was chosen.
   * @param {number} chosen 0 for what is needed
   * @param {number} group
   */
  setGroup(chosen, group) {
    for (const option of this.group.options) {
      const isIt = Number(option.value) === chosen;
      const name = option.value ? `×${option.value}` : 'auto';
      const text = isIt && group && group !== chosen ? `${name}${chosen ? ' →' : ''} ×${group}` : name;
      if (option.textContent !== text) option.textContent = text;
    }
  }
}
