// @ts-check
import { byId, make, say } from './dom.js';
import { distance, money, price } from './format.js';
import { liveNow } from './live.js';

/**
 * The choices and figures at the top, and what the root element says for links and tests.
 * @param {import('./app.js').App} app
 */
export function startHeader(app) {
  const choice = app.choice;
  for (const key of ['instrument', 'model', 'window']) {
    byId(key).addEventListener('change', (/** @type {Event} */ event) => {
      choice.set({ [key]: /** @type {HTMLSelectElement} */ (event.target).value });
    });
  }
  app.session.watch(fill);
  choice.watch(['instrument', 'model', 'window'], fill);
  app.map.watch(showFigures);
  app.live.watch(showFigures);
  choice.watch(['at'], showFigures);

  function fill() {
    const session = app.session.value;
    if (!session) return;
    options('instrument', session.instruments.map((one) => [one.name, one.label]), 'not in this journal');
    options('model', session.models.map((name) => [name, name]), 'unknown');
    options('window', session.windows.map((name) => [name, name]), 'unknown');
    say(byId('journal'), `journal ${session.journal}`);
    if (session.caveat) say(byId('caveat'), session.caveat);
  }

  /**
   * @param {string} key
   * @param {string[][]} entries value and label
   * @param {string} unknown said of a choice that isn't among them
   */
  function options(key, entries, unknown) {
    const chosen = choice.get(key);
    const all = chosen === null || entries.some(([value]) => value === chosen)
      ? entries
      : [...entries, [chosen, `${chosen} (${unknown})`]];
    const select = byId(key);
    const wanted = JSON.stringify(all);
    if (select.dataset.entries !== wanted) {
      select.dataset.entries = wanted;
      select.replaceChildren(...all.map(([value, label]) => make('option', { value }, label ?? '')));
    }
    select.value = chosen ?? '';
  }

  function showFigures() {
    const map = app.map.value;
    const live = liveNow(app);
    const mark = live?.markPrice ?? map?.markPrice ?? null;
    const unit = map?.units.notional ?? '';
    say(byId('mark-price'), price(mark));
    for (const side of /** @type {const} */ (['long', 'short'])) {
      showNearest(byId(`nearest-${side}`), live ? live.nearest[side] : nearest(map, side), unit);
    }
    document.title = map ? `${price(mark)} ${map.instrument} · liqmap` : 'liqmap';
    const data = byId('app').dataset;
    data.mark = String(mark ?? '');
    data.liveSequence = String(app.live.value?.sequence ?? '');
    if (!map) return;
    Object.assign(data, { sequence: map.sequence, time: map.time, instrument: choice.get('instrument') ?? '' });
    Object.assign(data, { model: map.assumptions.model, window: map.window });
    say(byId('sequence'), map.sequence.toLocaleString('en-US'));
    say(byId('state-hash'), map.stateHash);
  }
}

/**
 * @param {HTMLElement} element
 * @param {import('./app.js').Cluster | null} cluster
 * @param {string} unit
 */
function showNearest(element, cluster, unit) {
  const text = cluster ? `${price(cluster.peakPrice)} ${money(cluster.notional)} ${distance(cluster.distanceBps)}` : 'none';
  if (element.dataset.shown === text + unit) return;
  element.dataset.shown = text + unit;
  if (!cluster) {
    element.replaceChildren('none');
    return;
  }
  element.replaceChildren(
    price(cluster.peakPrice),
    make('small', { title: unit }, ` ${distance(cluster.distanceBps)} · ${money(cluster.notional)}`));
}

/**
 * @param {import('./app.js').MapAnswer | null} map
 * @param {import('./app.js').Side} side
 * @returns {import('./app.js').Cluster | null} the cluster of a side that is nearest to mark
 */
export function nearest(map, side) {
  const clusters = map?.clusters.filter((cluster) => cluster.side === side) ?? [];
  return clusters.reduce((/** @type {import('./app.js').Cluster | null} */ best, one) =>
    best && best.distanceBps <= one.distanceBps ? best : one, null);
}
