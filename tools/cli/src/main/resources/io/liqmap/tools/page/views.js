// @ts-check
import { byId } from './dom.js';

const WIDE = matchMedia('(min-width: 1000px)');

/**
 * Shows the view that is chosen; both only on a wide screen.
 * @param {import('./app.js').App} app
 * @param {{map: import('./app.js').View, heatmap: import('./app.js').View}} views
 * @returns {() => import('./app.js').View['keys'][]} keys of the views that are shown
 */
export function startViews(app, views) {
  const map = byId('map-view');
  const heat = byId('heat-view');
  const show = () => {
    const wanted = app.choice.get('view') ?? 'map';
    const view = wanted === 'both' && !WIDE.matches ? 'map' : wanted;
    byId('app').dataset.view = view;
    byId(`view-choice-${view === 'heatmap' || view === 'both' ? view : 'map'}`).checked = true;
    map.hidden = view === 'heatmap';
    heat.hidden = !(view === 'heatmap' || view === 'both');
    views.map.setShown(!map.hidden);
    views.heatmap.setShown(!heat.hidden);
  };
  for (const input of document.querySelectorAll('input[name="view"]')) {
    input.addEventListener('change', () => app.choice.set({ view: /** @type {HTMLInputElement} */ (input).value }));
  }
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) (entry.target === map ? views.map : views.heatmap).resize();
  });
  observer.observe(map);
  observer.observe(heat);
  WIDE.addEventListener('change', show);
  app.choice.watch(['view'], show);
  show();
  return () => [...(map.hidden ? [] : [views.map.keys]), ...(heat.hidden ? [] : [views.heatmap.keys])];
}
