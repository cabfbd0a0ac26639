// @ts-check
import { byId, say } from './dom.js';
import { duration } from './format.js';

/** Seconds without a new event after which live data is called stale. */
const STALE_SECONDS = 15;
/** Data this much older than the server's clock is a recording that is played, not a late feed. */
const RECORDING_SECONDS = 3600;

/**
 * Shows how fresh the data is: live, stale, lost, finished, past.
 * @param {import('./app.js').App} app
 * @param {() => void} onBack called when the stream is back after it was lost
 */
export function startStatus(app, onBack) {
  const root = byId('app');
  const status = byId('status');
  const age = byId('age');
  let sequence = -1;
  let newestAt = performance.now();
  let newestAge = 0;
  let lostAt = 0;

  app.live.watch((state) => {
    const now = performance.now();
    if (!state) {
      if (sequence >= 0 && !lostAt) lostAt = now;
    } else {
      if (lostAt) onBack();
      lostAt = 0;
      if (state.sequence !== sequence) {
        const behind = (Date.parse(state.serverTime) - Date.parse(state.time)) / 1000;
        newestAge = behind >= 0 && behind < RECORDING_SECONDS ? behind : 0;
        newestAt = now;
        sequence = state.sequence;
      }
    }
    show();
  });
  app.choice.watch(['instrument', 'model', 'window'], () => (sequence = lostAt ? sequence : -1));
  app.choice.watch(['at'], show);
  setInterval(show, 500);

  function show() {
    const state = app.live.value;
    const now = performance.now();
    const seconds = newestAge + (now - newestAt) / 1000;
    const name = nameOf(state, seconds);
    root.dataset.status = name;
    say(status, name);
    if (name === 'lost') say(age, `${duration((now - lostAt) / 1000)} ago`);
    else say(age, name === 'live' || name === 'stale' ? duration(seconds) : '');
    root.dataset.age = seconds.toFixed(1);
  }

  /**
   * @param {import('./app.js').LiveState | null} state
   * @param {number} seconds
   */
  function nameOf(state, seconds) {
    if (!state) return lostAt ? 'lost' : 'connecting';
    if (app.choice.get('at') !== null) return 'past';
    if (state.progress < 1) return 'reading';
    if (!state.isLive) return 'finished';
    return seconds > STALE_SECONDS ? 'stale' : 'live';
  }
}
