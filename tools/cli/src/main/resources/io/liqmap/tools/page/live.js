// @ts-check
import { problem, showProgress } from './problems.js';

const CHOSEN = ['instrument', 'model', 'window'];
const LONGEST_WAIT = 4000;

/**
 * Follows the server's stream of states; connects again by itself, after longer and longer waits.
 * @param {import('./app.js').App} app
 * @param {() => void} onMap called when the server has a newer map
 * @returns {{retry: () => void}} connects now
 */
export function followLive(app, onMap) {
  /** @type {EventSource | null} */
  let source = null;
  let wait = 500;
  let timer = 0;

  function connect() {
    clearTimeout(timer);
    source?.close();
    if (!app.session.value) return;
    const query = new URLSearchParams();
    for (const key of CHOSEN) {
      const value = app.choice.get(key);
      if (value !== null) query.set(key, value);
    }
    const opened = new EventSource(`/api/live?${query}`);
    source = opened;
    opened.addEventListener('state', (event) => {
      wait = 500;
      problem('live', null);
      const state = JSON.parse(event.data);
      problem('journal', state.problem ?? null);
      showProgress(state.progress ?? 1);
      // Before the first event of the journal is read there is no state of it.
      if (state.sequence !== undefined) app.live.set({ markPrice: null, openInterest: null, ...state, nearest: { long: null, short: null, ...state.nearest } });
    });
    opened.addEventListener('map', () => {
      if (app.choice.get('at') === null) onMap();
    });
    opened.addEventListener('error', () => {
      if (source !== opened) return;
      opened.close();
      if (app.live.value) problem('live', 'The connection to the server is lost; trying again. What is shown grows old.');
      app.live.set(null);
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    });
  }

  app.choice.watch(CHOSEN, connect);
  app.session.watch(connect);
  addEventListener('online', connect);
  addEventListener('pagehide', () => source?.close());
  return { retry: connect };
}
