// @ts-check
import { ApiError } from './api.js';
import { byId } from './dom.js';
import { problem, showProgress } from './problems.js';

const CHOSEN = ['instrument', 'model', 'window', 'at'];

/**
 * Keeps `app.map` at the answer for what is chosen.
 * @param {import('./app.js').App} app
 * @returns {{refresh: () => void}} `refresh` asks again, after a request in flight
 */
export function startMap(app) {
  const choice = app.choice;
  let retry = 0;
  let wait = 500;

  /** @param {boolean} isRefresh */
  async function load(isRefresh) {
    if (!app.session.value) return;
    clearTimeout(retry);
    const chosen = Object.fromEntries(CHOSEN.map((key) => [key, choice.get(key)]));
    try {
      const answer = await app.api.get('map', '/api/map', chosen, { isRefresh });
      if (answer === null) return;
      wait = 500;
      app.isAsking.set(false);
      problem('map', null);
      app.map.set(answer);
      // For tests: what the figures are of.
      byId('app').dataset.shown = CHOSEN.map((key) => chosen[key] ?? '').join(' ').trim();
    } catch (e) {
      const isLater = e instanceof ApiError && [0, 429, 503].includes(e.status);
      if (e instanceof ApiError && e.progress !== undefined) showProgress(e.progress);
      else problem('map', e);
      app.isAsking.set(isLater);
      if (!isLater) app.map.set(null);
      else retry = setTimeout(() => load(true), wait);
      wait = Math.min(wait * 2, 5000);
    }
  }

  // While a slider is dragged, each answer is shown before the next is asked for.
  choice.watch(CHOSEN, (changed) => {
    app.isAsking.set(true);
    load(changed.every((key) => key === 'at'));
  });
  app.isAsking.watch((isAsking) => (byId('app').dataset.asking = String(isAsking)));
  app.session.watch(() => {
    if (!app.map.value) load(true);
  });
  return { refresh: () => load(true) };
}
