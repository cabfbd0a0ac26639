// @ts-check
import { byId, make } from './dom.js';

const CHART = [
  ['← →', 'Chart: read the next bar; with shift ten at once'],
  ['↑ ↓  + −', 'Chart: zoom'],
  ['Page up, page down', 'Chart: move the prices'],
  ['Home, Esc', 'Chart: to mark; read nothing'],
  ['0', 'Chart: the first range again (double-click)'],
  ['Wheel, drag, alt + drag', 'Chart: zoom, move, zoom to a range'],
  ['Enter', 'Events: show the map as of an event; arrows move'],
];

/**
 * Keys that work everywhere but in fields, and the dialog that lists them.
 * @param {Record<string, {does: string, run: () => void}>} keys
 * @param {() => Record<string, {does: string, run: () => void}>[]} ofViews keys of the views that are shown
 * @param {Record<string, {does: string, run: () => void}>[]} ofAllViews keys of all views, for the list
 */
export function startKeys(keys, ofViews, ofAllViews) {
  const dialog = byId('keys-dialog');
  const help = { '?': { does: 'This list', run: () => dialog.showModal() } };
  /** @type {Record<string, {does: string, run: () => void}>} */
  const everywhere = { ...keys, ...help };
  const listed = [everywhere, ...ofAllViews].flatMap((group) => Object.entries(group).map(([key, { does }]) => [key, does]));
  byId('keys-body').replaceChildren(
    make('table', { className: 'keys' }, make('tbody', {}, ...[...listed, ...CHART].map(([key, does]) => make('tr', {}, make('th', { scope: 'row' }, make('kbd', {}, key === ' ' ? 'Space' : key ?? '')), make('td', {}, does ?? ''))))),
    make('p', { className: 'note' }, 'All times are UTC. The address of this page holds what is chosen: copy it to share a view.'),
    make('div', { className: 'dialog-end' }, make('button', { type: 'button', id: 'keys-close', onclick: () => dialog.close() }, 'Close')));
  byId('keys-open').addEventListener('click', () => dialog.showModal());
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (/** @type {HTMLElement} */ (event.target).closest?.('input:not([type="range"]):not([type="radio"]):not([type="checkbox"]), select, textarea')) return;
    const groups = [everywhere, ...ofViews()];
    for (const group of groups) {
      const entry = group[event.key];
      if (!entry) continue;
      event.preventDefault();
      entry.run();
      return;
    }
  });
}

/**
 * Keys of the page itself.
 * @param {import('./app.js').App} app
 * @param {{step: (direction: 'next' | 'previous') => void}} travel
 * @returns {Record<string, {does: string, run: () => void}>}
 */
export function pageKeys(app, travel) {
  const cycle = (/** @type {string} */ id, /** @type {number} */ by) => {
    const select = byId(id);
    select.selectedIndex = (select.selectedIndex + by + select.options.length) % select.options.length;
    select.dispatchEvent(new Event('change'));
    app.announce(`${id} ${select.selectedOptions[0]?.textContent}`);
  };
  const click = (/** @type {string} */ id) => () => byId(id).click();
  return {
    1: { does: 'Map', run: click('view-choice-map') },
    2: { does: 'Heatmap', run: click('view-choice-heatmap') },
    3: { does: 'Both', run: click('view-choice-both') },
    u: { does: 'Next instrument', run: () => cycle('instrument', 1) },
    m: { does: 'Next model', run: () => cycle('model', 1) },
    w: { does: 'Next window', run: () => cycle('window', 1) },
    ',': { does: 'Step back in time', run: () => travel.step('previous') },
    '.': { does: 'Step forward in time', run: () => travel.step('next') },
    s: { does: 'What a step is: event, snapshot, cluster event', run: () => cycle('step-by', 1) },
    n: { does: 'Now', run: () => app.travel(null) },
    t: { does: 'Type a time or sequence', run: () => byId('travel-field').focus() },
    e: { does: 'To the list of events', run: () => byId('events-list').focus() },
    g: { does: 'To the chart', run: () => (/** @type {HTMLElement | null} */ (document.querySelector('.view:not([hidden]) [tabindex="0"]')))?.focus() },
    a: { does: 'Alerts', run: click('alerts-open') },
    d: { does: 'Colours: as the system, dark, light', run: click('theme') },
  };
}
