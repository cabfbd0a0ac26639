// @ts-check
import { byId, make, say } from './dom.js';
import { money, price, time } from './format.js';

/** Kinds of events that are listed, with a sign that isn't colour alone. */
const KINDS = /** @type {Record<string, {label: string, sign: string, isShown: boolean}>} */ ({
  sweep: { label: 'Sweeps', sign: '⇥', isShown: true },
  clusterBorn: { label: 'Born', sign: '+', isShown: true },
  clusterCleared: { label: 'Cleared', sign: '×', isShown: true },
  cascade: { label: 'Cascades', sign: '!', isShown: true },
  gap: { label: 'Gaps', sign: '∅', isShown: true },
  quality: { label: 'Quality', sign: '?', isShown: true },
  liquidation: { label: 'Liquidations', sign: '•', isShown: false },
});
const LIMIT = 300;
/** How often the list is asked for again while data comes in, in ms. */
const EVERY = 5000;
const SPANS = /** @type {Record<string, number>} */ ({ '1h': 3600e3, '6h': 6 * 3600e3, '1d': 86400e3, '7d': 7 * 86400e3 });
const CHOSEN = ['instrument', 'events', 'events.span'];

/**
 * The list of events beside the chart: a click or Enter shows the map as of that event.
 * @param {import('./app.js').App} app
 */
export function startEvents(app) {
  const list = byId('events-list');
  const choice = app.choice;
  /** @type {import('./app.js').MapEvent[]} */
  let events = [];
  let active = -1;
  let asked = 0;
  let askedSequence = -1;
  /** @type {number | null} */
  let askedFrom = null;

  const buttons = Object.entries(KINDS).map(([kind, { label, sign }]) => {
    const button = make('button', { type: 'button', className: 'quiet small', id: `events-${kind}`, 'data-kind': kind },
      make('span', { className: `sign ${kind}`, 'aria-hidden': 'true' }, sign), label);
    button.addEventListener('click', () => {
      const kinds = shown();
      if (!kinds.delete(kind)) kinds.add(kind);
      choice.set({ events: [...kinds].join(',') || 'none' }, false);
    });
    return button;
  });
  const span = byId('events-span');
  span.replaceChildren(make('option', { value: 'all' }, 'all of the journal'),
    ...Object.keys(SPANS).map((name) => make('option', { value: name }, `within ${name} of what is shown`)));
  span.addEventListener('change', () => choice.set({ 'events.span': span.value }, false));
  byId('events-kinds').replaceChildren(...buttons);
  list.addEventListener('click', (/** @type {MouseEvent} */ event) => {
    const row = /** @type {HTMLElement} */ (event.target).closest('[role="option"]');
    if (row) go(Number(/** @type {HTMLElement} */ (row).dataset.index));
  });
  list.addEventListener('keydown', key);
  choice.watch(CHOSEN, load);
  app.session.watch(load);
  app.map.watch(() => {
    mark();
    if ((choice.get('at') !== null || spanOf() === 'all') && around().from !== askedFrom) load();
  });
  setInterval(() => {
    const sequence = app.live.value?.sequence ?? -1;
    if (sequence !== askedSequence && choice.get('at') === null && performance.now() - asked > EVERY && !document.hidden) load();
  }, 1000);

  function shown() {
    const chosen = choice.get('events');
    if (chosen === null) return new Set(Object.keys(KINDS).filter((kind) => KINDS[kind]?.isShown));
    return new Set(chosen.split(',').filter((kind) => kind in KINDS));
  }

  /** All of the journal now, the day around what is shown of the past, or what was chosen. */
  function spanOf() {
    return choice.get('events.span') ?? (choice.get('at') === null ? 'all' : '1d');
  }

  /** Bounds of the list in ms: around what is shown. */
  function around() {
    const width = SPANS[spanOf()];
    const shownAt = Date.parse((choice.get('at') === null ? app.live.value?.time : app.map.value?.time) ?? '');
    return width && Number.isFinite(shownAt) ? { from: shownAt - width, to: shownAt + width } : { from: null, to: null };
  }

  async function load() {
    const kinds = shown();
    const { from, to } = around();
    span.value = spanOf();
    for (const button of buttons) button.setAttribute('aria-pressed', String(kinds.has(button.dataset.kind ?? '')));
    if (!app.session.value) return;
    asked = performance.now();
    askedSequence = app.live.value?.sequence ?? -1;
    askedFrom = from;
    if (!kinds.size) {
      fill([], false);
      return;
    }
    try {
      const answer = await app.api.get('events', '/api/events',
        { instrument: choice.get('instrument'), kinds: [...kinds].join(','), from, to, limit: LIMIT }, { isRefresh: true });
      if (answer === null) return;
      app.problem('events', null);
      fill(answer.events, answer.isCut);
    } catch (e) {
      app.problem('events', e);
    }
  }

  /**
   * @param {import('./app.js').MapEvent[]} found rising by time
   * @param {boolean} isCut
   */
  function fill(found, isCut) {
    const newest = [...found].reverse();
    const isSame = newest.length === events.length && newest.every((event, i) => event.sequence === events[i]?.sequence && event.text === events[i]?.text);
    say(byId('events-note'), isCut ? `The ${found.length} largest; times are UTC.` : found.length ? `${found.length}, newest first; times are UTC.` : '');
    if (isSame && list.childElementCount) return;
    const isAtTop = list.scrollTop < 4;
    const before = list.scrollHeight;
    events = newest;
    list.replaceChildren(...(events.length ? events.map(row) : [make('p', { className: 'note' }, 'No such events yet.')]));
    if (!isAtTop) list.scrollTop += list.scrollHeight - before;
    app.events.set(found);
    mark();
  }

  /**
   * @param {import('./app.js').MapEvent} event
   * @param {number} index
   */
  function row(event, index) {
    const kind = KINDS[event.kind];
    const name = kind?.label ?? event.kind;
    return make('div', { role: 'option', id: `event-${index}`, className: `event ${event.side ?? ''}`, 'data-index': index,
      'data-sequence': event.sequence, 'data-kind': event.kind, 'aria-selected': 'false', title: event.text,
      'aria-label': `${name}, ${time(event.time)} UTC: ${event.text}` },
    make('span', { className: `sign ${event.kind}`, title: name }, kind?.sign ?? '·'),
    make('time', { dateTime: event.time }, time(event.time).slice(5)),
    ...figures(event));
  }

  /** Marks the event that the page shows the map as of, or the last one before it. */
  function mark() {
    const at = choice.get('at');
    const sequence = app.map.value?.sequence ?? Infinity;
    const index = at === null ? -1 : events.findIndex((event) => event.sequence <= sequence);
    list.querySelectorAll('[aria-current]').forEach((/** @type {Element} */ one) => one.removeAttribute('aria-current'));
    if (index < 0) return;
    const element = list.children[index];
    element?.setAttribute('aria-current', 'true');
    if (element && !list.contains(document.activeElement)) reveal(element);
  }

  /** @param {number} index */
  function activate(index) {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = Math.min(events.length - 1, Math.max(0, index));
    const element = list.children[active];
    if (!events.length || !element) return;
    element.setAttribute('aria-selected', 'true');
    list.setAttribute('aria-activedescendant', element.id);
    reveal(element);
  }

  /**
   * Scrolls the list alone: on a narrow screen the page would jump.
   * @param {Element} element
   */
  function reveal(element) {
    const [box, row] = [list.getBoundingClientRect(), element.getBoundingClientRect()];
    list.scrollTop += Math.min(0, row.top - box.top) + Math.max(0, row.bottom - box.bottom);
  }

  /** @param {number} index */
  function go(index) {
    const event = events[index];
    if (!event) return;
    activate(index);
    app.travel(event.sequence);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const moves = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -events.length, End: events.length });
    const by = moves[event.key];
    if (by !== undefined) activate(active + by);
    else if (event.key === 'Enter' || event.key === ' ') go(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/**
 * @param {import('./app.js').MapEvent} event
 * @returns {Node[]} prices and amount; the whole text of an event that has none
 */
function figures(event) {
  const [low, high] = [event.priceLow ?? event.price, event.priceHigh ?? event.price];
  if (!(low && high && event.notional)) return [make('span', { className: 'event-text' }, event.text)];
  return [make('span', {}, low === high ? price(low) : `${price(low)} – ${price(high)}`), make('b', {}, money(event.notional))];
}
