// @ts-check
import { byId, say } from './dom.js';
import { percent } from './format.js';

/** What is wrong now, by the part that met it; the newest is shown until that part works again. */
const problems = /** @type {Map<string, string>} */ (new Map());

/**
 * @param {string} part such as `map`
 * @param {unknown} problem an error or a message; null when the part works
 */
export function problem(part, problem) {
  problems.delete(part);
  if (problem !== null) problems.set(part, problem instanceof Error ? problem.message : String(problem));
  const banner = byId('error-banner');
  const newest = [...problems.values()].at(-1);
  say(banner, newest ?? '');
  banner.hidden = newest === undefined;
}

/**
 * Shows how much of the journal is read.
 * @param {number} progress 0 to 1; the bar goes at 1
 */
export function showProgress(progress) {
  byId('progress-banner').hidden = progress >= 1;
  byId('progress').value = progress;
  say(byId('progress-text'), `Reading the journal: ${percent(progress, 0)}`);
}
