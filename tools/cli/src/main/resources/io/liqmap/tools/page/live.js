// @ts-check
import { problem, showProgress } from './problems.js';

const CHOSEN = ['instrument', 'model', 'window'];
const LONGEST_WAIT = 4000;
/** The server sends a state each three seconds at least; after this long without one the stream is dead, in ms. */
const SILENCE = 10000;

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
  let silence = 0;

  function connect() {
    clearTimeout(timer);
    source?.close();
    if (!app.session.value) return;
    const of = chosen(app.choice);
    const opened = new EventSource(`/api/live?${of}`);
    source = opened;
    listen(opened);
    opened.addEventListener('state', (event) => {
      listen(opened);
      wait = 500;
      problem('live', null);
      const state = JSON.parse(event.data);
      problem('journal', state.problem ?? null);
      showProgress(state.progress ?? 1);
      // Before the first event of the journal is read there is no state of it.
      if (state.sequence !== undefined) app.live.set({ of, markPrice: null, openInterest: null, ...state, nearest: { long: null, short: null, ...state.nearest } });
    });
    opened.addEventListener('map', () => {
      if (app.choice.get('at') === null) onMap();
    });
    opened.addEventListener('error', () => lose(opened));
  }

  /** @param {EventSource} opened */
  function listen(opened) {
    clearTimeout(silence);
    silence = setTimeout(() => lose(opened), SILENCE);
  }

  /** @param {EventSource} opened */
  function lose(opened) {
    if (source !== opened) return;
    clearTimeout(silence);
    opened.close();
    if (app.live.value) problem('live', 'The connection to the server is lost; trying again. What is shown grows old.');
    app.live.set(null);
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  app.choice.watch(CHOSEN, connect);
  app.session.watch(() => {
    if (!source) connect();
  });
  addEventListener('online', connect);
  addEventListener('pagehide', () => source?.close());
  return { retry: connect };
}

/**
 * @param {import('./app.js').App} app
 * @returns {import('./app.js').LiveState | null} the newest state, if it is of what is chosen and the page shows now
 */
export function liveNow({ live, choice }) {
  return choice.get('at') === null && live.value?.of === chosen(choice) ? live.value : null;
}

/** @param {import('./state.js').Choice} choice */
function chosen(choice) {
  const query = new URLSearchParams();
  for (const key of CHOSEN) {
    const value = choice.get(key);
    if (value !== null) query.set(key, value);
  }
  return query.toString();
}
