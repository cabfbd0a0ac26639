// @ts-check
/** Flags and sources of a map in words. */

const CONVENTIONS = /** @type {Record<string, string>} */ ({
  open_interest_labels_shifted: 'open interest labels shifted to when it was known',
  open_interest_from_money: 'open interest converted from money',
  open_interest_from_contracts: 'open interest converted from contracts',
  clock_offset: 'clock at a fixed offset from UTC',
  zone_rules: 'clock of a time zone with summer time',
  rows_sorted: 'rows sorted by time',
});

/**
 * @param {import('./app.js').MapAnswer & {measured?: any}} map
 * @returns {{text: string, isBad: boolean}[]} what to be careful about, worst first
 */
export function flagsOf(map) {
  const quality = map.quality ?? {};
  /** @type {{text: string, isBad: boolean}[]} */
  const found = [];
  const add = (/** @type {any} */ isSet, /** @type {string} */ text, isBad = false) => {
    if (isSet) found.push({ text, isBad });
  };
  add(quality.journaled === false, 'not journaled', true);
  add(quality.openInterestStale, 'open interest is stale', true);
  add(quality.gaps > 0, `${quality.gaps} gaps in the feed (${quality.missing ?? '?'} messages)`, true);
  add(quality.rejected > 0, `${quality.rejected} messages rejected`);
  add(quality.markMissing, 'no mark price: the last price is used');
  add(map.madeFrom?.orderInsideBarsAssumed, 'prices from bars: their order is assumed');
  add(map.assumptions.bracketTable?.warning, 'brackets of another time');
  add(map.coverage && Math.min(map.coverage.long, map.coverage.short) < 0.25, 'coverage below a quarter');
  for (const name of map.market?.stale ?? []) add(true, `${words(name)} is too old`);
  for (const warning of map.measured?.warnings ?? []) add(true, warning);
  const silent = (map.members ?? []).filter((member) => member.state === 'silent').length;
  add(silent, `${silent} members are silent`, true);
  return found;
}

/** @param {any} madeFrom */
export function madeFromOf(madeFrom) {
  if (!madeFrom) return '';
  const bars = madeFrom.tradeBarSeconds ?? madeFrom.markBarSeconds;
  const notes = (madeFrom.conventions ?? []).map((/** @type {string} */ name) => CONVENTIONS[name] ?? words(name));
  return (bars ? `bars of ${bars >= 3600 ? `${bars / 3600} h` : bars >= 60 ? `${bars / 60} min` : `${bars} s`}` : 'ticks')
    + (madeFrom.source ? ` (${[madeFrom.source, ...notes].join('; ')})` : notes.length ? ` (${notes.join('; ')})` : '');
}

/** @param {string} name `openInterest` or `clock_offset` */
function words(name) {
  return String(name).replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
