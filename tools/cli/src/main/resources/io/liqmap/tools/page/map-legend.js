// @ts-check
import { make } from './dom.js';

/**
 * The legend of the map's layers: a button shows or hides a layer; with shift it shows that layer alone.
 * @param {HTMLElement} root
 * @param {(hidden: Set<string>) => void} onChange
 * @returns {(layers: import('./tiers.js').Layer[], hidden: Set<string>, title: string) => void} fills it
 */
export function createLegend(root, onChange) {
  let shown = '';
  return (layers, hidden, title) => {
    const wanted = JSON.stringify([layers, [...hidden], title]);
    if (wanted === shown) return;
    shown = wanted;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.tier;
    const keys = layers.map((layer) => layer.key);
    root.replaceChildren(
      make('span', { className: 'legend-title' }, title),
      make('button', { type: 'button', id: 'tiers-all', className: 'quiet small', hidden: !hidden.size, onclick: () => onChange(new Set()) }, 'All'),
      ...layers.map((layer) => {
        const swatch = make('i', { className: 'swatch' });
        swatch.style.background = layer.colour;
        const button = make('button', { type: 'button', className: 'tier', 'data-tier': layer.key, title: 'Click: show or hide. Shift and click: this one alone.',
          'aria-pressed': String(!hidden.has(layer.key)) }, swatch, layer.label);
        button.addEventListener('click', (/** @type {MouseEvent} */ event) => onChange(event.shiftKey ? alone(layer.key, keys, hidden) : toggled(layer.key, hidden)));
        return button;
      }));
    if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-tier="${CSS.escape(focused)}"]`))?.focus();
  };
}

/**
 * @param {string} key
 * @param {Set<string>} hidden
 */
function toggled(key, hidden) {
  const next = new Set(hidden);
  if (!next.delete(key)) next.add(key);
  return next;
}

/**
 * @param {string} key
 * @param {string[]} keys
 * @param {Set<string>} hidden
 */
function alone(key, keys, hidden) {
  const others = keys.filter((one) => one !== key);
  return !hidden.has(key) && others.every((one) => hidden.has(one)) ? new Set() : new Set(others);
}
