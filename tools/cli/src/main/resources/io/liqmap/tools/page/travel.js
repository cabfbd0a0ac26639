// @ts-check
import { ApiError } from './api.js';
import { byId, make, say } from './dom.js';
import { time } from './format.js';

/** Steps of the slider; finer ones are made with the buttons and the field. */
const TICKS = 2000;

/**
 * Time travel: slider, steps, a field for a time or sequence; the page then shows the map as of that moment.
 * @param {import('./app.js').App} app
 * @returns {{step: (direction: 'next' | 'previous') => void}}
 */
export function startTravel(app) {
  const slider = byId('travel-slider');
  const field = byId('travel-field');
  const banner = byId('past-banner');
  const by = byId('step-by');
  let isDragged = false;
  slider.max = TICKS;
  const followStep = () => {
    by.value = app.choice.get('step') ?? 'event';
  };
  followStep();
  app.choice.watch(['step'], followStep);
  by.addEventListener('change', () => app.choice.set({ step: by.value === 'event' ? null : by.value }, false));

  slider.addEventListener('input', () => {
    const isFirst = !isDragged;
    isDragged = true;
    const moment = momentOf(Number(slider.value));
    say(byId('travel-last'), `${time(moment)} UTC`);
    slider.setAttribute('aria-valuetext', `${time(moment)} UTC`);
    app.choice.set({ at: Number(slider.value) >= TICKS ? null : iso(moment) }, isFirst);
  });
  slider.addEventListener('change', () => {
    isDragged = false;
    show();
  });
  byId('travel-form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    const at = momentFrom(field.value);
    field.setAttribute('aria-invalid', String(at === null));
    if (at === null) app.problem('travel', `“${field.value}” is neither a UTC time such as 2024-08-05 12:00 nor a sequence.`);
    else app.travel(at);
  });
  field.addEventListener('input', () => {
    field.removeAttribute('aria-invalid');
    app.problem('travel', null);
  });
  byId('travel-now').addEventListener('click', () => app.travel(null));
  byId('step-next').addEventListener('click', () => step('next'));
  byId('step-previous').addEventListener('click', () => step('previous'));
  banner.replaceChildren(make('span', { id: 'past-text' }), make('button', { type: 'button', id: 'past-now', onclick: () => app.travel(null) }, 'Back to now'));
  app.session.watch(show);
  app.map.watch(show);
  app.isAsking.watch(show);
  app.live.watch(show);
  app.choice.watch(['at'], show);

  function ends() {
    const session = app.session.value;
    const first = Date.parse(session?.first?.time ?? '');
    const last = Math.max(Date.parse(session?.last?.time ?? ''), Date.parse(app.live.value?.time ?? '') || -Infinity);
    return { first, last };
  }

  /** @param {number} tick */
  function momentOf(tick) {
    const { first, last } = ends();
    const moment = first + ((last - first) * tick) / TICKS;
    // Whole minutes where the journal is long make links that a person can read.
    const unit = last - first > TICKS * 60000 ? 60000 : 1000;
    return Math.min(last, Math.max(first, Math.round(moment / unit) * unit));
  }

  function show() {
    const at = app.choice.get('at');
    const { first, last } = ends();
    const isPast = at !== null;
    banner.hidden = !isPast;
    byId('travel-now').disabled = !isPast;
    say(byId('travel-first'), Number.isFinite(first) ? `${time(first)} UTC` : '');
    if (!isDragged) say(byId('travel-last'), Number.isFinite(last) ? `${time(last)} UTC` : '');
    const map = app.map.value;
    const asked = /^\d+$/.test(at ?? '') ? NaN : Date.parse(at ?? '');
    const known = Number.isFinite(asked) ? asked : map ? Date.parse(map.time) : last;
    const shown = isPast ? known : last;
    const isHere = map && !app.isAsking.value;
    if (isPast) say(byId('past-text'), isHere ? `As of ${time(map.time)} UTC, sequence ${map.sequence.toLocaleString('en-US')} (past)` : `Asking for the map as of ${at} …`);
    if (isDragged) return;
    slider.value = isPast && last > first ? String(Math.round(((shown - first) / (last - first)) * TICKS)) : String(TICKS);
    slider.setAttribute('aria-valuetext', isPast ? `${time(shown)} UTC` : 'now');
  }

  /** @param {'next' | 'previous'} direction */
  async function step(direction) {
    const from = app.choice.get('at') ?? String(app.map.value?.sequence ?? '');
    try {
      const place = await app.api.get('step', '/api/step',
        { instrument: app.choice.get('instrument'), at: from, by: by.value, direction });
      if (place === null) return;
      app.problem('travel', null);
      app.travel(place.sequence);
    } catch (e) {
      if (!(e instanceof ApiError) || e.status !== 404) app.problem('travel', e);
      else if (direction === 'next') app.travel(null);
      else app.announce('That is the first one.');
    }
  }

  return { step };
}

/** @param {number} moment ms since 1970 */
const iso = (moment) => new Date(moment).toISOString().replace('.000Z', 'Z');

/**
 * @param {string} text a sequence, or a time in UTC with or without zone, seconds and `T`
 * @returns {string | null}
 */
export function momentFrom(text) {
  const trimmed = text.trim().replace(/\s*UTC$/i, '');
  if (/^[\d,\s]+$/.test(trimmed) && /\d/.test(trimmed)) return trimmed.replace(/[,\s]/g, '');
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(trimmed);
  if (!found) return null;
  const zone = (found[4] ?? 'Z').toUpperCase();
  const written = `${found[1]}T${found[2] ?? '00:00'}${found[3] ?? ':00'}`;
  const moment = Date.parse(written + zone);
  if (!Number.isFinite(moment)) return null;
  return zone === 'Z' ? `${written}Z` : iso(moment);
}
