// @ts-check
import { ApiError } from './api.js';
import { problem, showProgress } from './problems.js';

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks what the server has, until it has read its journal; then makes the first choices where the link has none.
 * @param {import('./app.js').App} app
 */
export async function loadSession(app) {
  for (let wait = 250; ; wait = Math.min(wait * 2, 5000)) {
    try {
      const session = await app.api.get('session', '/api/session', {});
      problem('session', null);
      showProgress(session.progress);
      if (session.instruments.length) {
        chooseFirst(app, session);
        app.session.set(session);
      }
      if (session.progress >= 1 && session.instruments.length) return;
      if (session.problem) problem('session', session.problem);
      else if (session.progress >= 1) problem('session', 'The journal has no instrument yet.');
      wait = 500;
    } catch (e) {
      if (e instanceof ApiError && e.progress !== undefined) showProgress(e.progress);
      else problem('session', e);
    }
    await sleep(wait);
  }
}

/**
 * @param {import('./app.js').App} app
 * @param {import('./app.js').Session} session
 */
function chooseFirst(app, session) {
  const choice = app.choice;
  choice.set({
    instrument: choice.get('instrument') ?? session.instruments[0]?.name ?? null,
    model: choice.get('model') ?? session.models[0] ?? null,
    window: choice.get('window') ?? (session.windows.includes('all') ? 'all' : session.windows[0] ?? null),
  }, false);
}
