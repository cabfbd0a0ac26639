// @ts-check
import { byId, make } from './dom.js';
import { flagsOf, madeFromOf } from './quality-words.js';
import { distance, duration, money, number, percent, time } from './format.js';

/**
 * The panel that says how good the map is: always on the page.
 * @param {import('./app.js').App} app
 */
export function startQuality(app) {
  const body = byId('quality-body');
  let isOpen = false;
  let shown = '';
  app.map.watch((map) => {
    const wanted = map ? JSON.stringify({ ...map, buckets: 0, cumulative: 0, clusters: 0, structure: 0 }) : '';
    if (wanted === shown && body.childElementCount) return;
    shown = wanted;
    if (!map) {
      body.replaceChildren(make('p', { className: 'note' }, 'Known when there is a map.'));
      return;
    }
    const tiers = tierDetails(map);
    tiers.open = isOpen;
    tiers.addEventListener('toggle', () => (isOpen = tiers.open));
    body.replaceChildren(flags(map), sides(map), members(map), facts(map), tiers);
  });
}

/** @param {import('./app.js').MapAnswer} map */
function flags(map) {
  const words = flagsOf(map);
  return make('ul', { id: 'quality-flags', className: 'flags' }, ...(words.length
    ? words.map(({ text, isBad }) => make('li', { className: isBad ? 'bad' : 'warn' }, text))
    : [make('li', { className: 'good' }, 'no flags')]));
}

/** @param {import('./app.js').MapAnswer} map */
function sides(map) {
  const row = (/** @type {string} */ name, /** @type {any} */ of, /** @type {string} */ id, /** @type {string} */ title) => of
    ? make('tr', { id: `quality-${id}`, title }, make('th', { scope: 'row' }, name), meter(of.long, 'long'), meter(of.short, 'short'))
    : null;
  const calibration = map.calibration ?? null;
  const scored = calibration
    ? make('tr', { id: 'quality-calibration', title: 'Expected over realised, with its 95 % interval; about the past, of whole days' },
      make('th', { scope: 'row' }, 'Calibration'), calibrated(calibration.long), calibrated(calibration.short))
    : null;
  return make('table', { className: 'sides' },
    make('thead', {}, make('tr', {}, make('td', {}), make('th', { scope: 'col', className: 'long' }, 'long'), make('th', { scope: 'col', className: 'short' }, 'short'))),
    make('tbody', {},
      row('Coverage', map.coverage, 'coverage', 'Share of open interest that the map shows'),
      row('Out of reach', map.outOfReach, 'out-of-reach', 'Share of open interest whose liquidation price lies outside of the map or is unknown'),
      map.unmapped && (map.unmapped.long > 0 || map.unmapped.short > 0) ? row('Unmapped', map.unmapped, 'unmapped', 'Share of open interest that no model places') : null,
      row('Model spread', map.dispersion, 'dispersion', 'Share of a model’s map that would have to move to make it the consensus, on average'),
      scored));
}

/**
 * @param {number | null} share
 * @param {import('./app.js').Side} side
 */
function meter(share, side) {
  const fill = make('i', { className: `meter ${side}` });
  fill.style.width = `${Math.min(100, (share ?? 0) * 100)}%`;
  return make('td', {}, make('span', {}, percent(share)), fill);
}

/** @param {any} side calibration of a side */
function calibrated(side) {
  if (!side) return make('td', {}, '–');
  const known = side.expectedOverRealised ?? null;
  const figure = known === null ? '' : `${number(known, 2)} [${number(side.low, 2)}, ${number(side.high, 2)}]`;
  return make('td', {}, make('span', { className: `status-${side.status}` }, side.status), make('small', {}, figure || (side.days !== undefined ? `${Math.floor(side.days)} of 7 days` : '')));
}

/** @param {import('./app.js').MapAnswer} map */
function members(map) {
  if (!map.members) return '';
  return make('table', { className: 'members', id: 'quality-members' }, make('tbody', {}, ...map.members.map((member) => make('tr', { className: member.state },
    make('th', { scope: 'row' }, member.name), make('td', {}, String(member.state).replaceAll('_', ' ')),
    make('td', {}, member.state === 'not_in_feed' ? '' : `${percent(member.share?.long, 0)} / ${percent(member.share?.short, 0)}`)))));
}

/** @param {import('./app.js').MapAnswer} map */
function facts(map) {
  const assumed = map.assumptions;
  const table = assumed.bracketTable ?? {};
  const score = map.score ? [['score', 'Score', typeof map.score === 'object' ? Object.entries(map.score).map(([name, value]) => `${name} ${value}`).join(', ') : String(map.score)]] : [];
  const rows = /** @type {string[][]} */ ([
    ...score,
    ['model', 'Model', modelOf(assumed)],
    ['prices', 'Prices', madeFromOf(map.madeFrom)],
    ['interest', 'Open interest', map.openInterest === null ? 'unknown' : `${number(map.openInterest, 1)} ${map.units.quantity}`],
    ['brackets', 'Brackets', `${table.venue ?? assumed.brackets ?? ''}, ${table.dateMeans ?? 'of'} ${String(table.date ?? '').slice(0, 10)}${ageOf(table.ageDays)}`],
    ['warning', 'Warning', table.warning ?? ''],
    ['margin', 'Margin', `${assumed.margin ?? ''}${assumed.formulaIsVenues === false ? '; the formula is Binance’s' : ''}`],
    ['messages', 'Messages', `${count(map.quality?.gaps)} gaps, ${count(map.quality?.missing)} missing, ${count(map.quality?.rejected)} rejected`],
    ['resolution', 'Resolution', `${distance(assumed.resolutionBps)} a bucket`],
    ['window', 'Window', map.since ? `${map.window}, since ${time(map.since, false)} UTC` : map.window],
    ['liquidations', 'Liquidated', liquidated(map)],
    ['place', 'State', `${map.stateHash}, sequence ${count(map.sequence)}`],
    ['measured', 'Measured', measuredOf(map)],
  ]);
  return make('dl', { className: 'facts' }, ...rows.filter(([, , text]) => text).flatMap(([id, name, text]) => [
    make('dt', { className: id === 'warning' ? 'warn' : '' }, name ?? ''), make('dd', { id: `quality-${id}`, className: id === 'warning' ? 'warn' : '' }, text ?? '')]));
}

/** @param {any} assumed */
function modelOf(assumed) {
  const models = assumed.models ?? [];
  if (models.length === 1) return `${assumed.model}${models[0].learning === 'on' ? ', learned' : ''}`;
  return `${assumed.model}: ${models.map((/** @type {any} */ one) => `${one.name} ${percent(one.share, 0)}`).join(', ')}`;
}

/** @param {number | null | undefined} days */
function ageOf(days) {
  if (days === null || days === undefined || days === 0) return '';
  return days > 0 ? `, ${count(days)} days before the map` : `, ${count(-days)} days after the map`;
}

/** @param {import('./app.js').MapAnswer & {liquidations?: any}} map */
function liquidated(map) {
  const of = map.liquidations;
  if (!of) return '';
  return `swept ${money(of.sweptNotionalLong)} / ${money(of.sweptNotionalShort)}, reported ${money(of.observedNotionalLong)} / ${money(of.observedNotionalShort)} (long / short)`
    + (of.forcedPerReported ? `; assumed ${of.forcedPerReported} per reported` : '');
}

/** @param {import('./app.js').MapAnswer & {measured?: any}} map */
function measuredOf(map) {
  const of = map.measured;
  if (!of) return '';
  const age = of.medianAgeSeconds === null ? '' : `, median report ${duration(of.medianAgeSeconds)} old`;
  return `${count(of.long?.accounts)} long and ${count(of.short?.accounts)} short accounts${age}. ${of.warnings?.join('; ') ?? ''}`;
}

/** @param {number | null | undefined} value */
const count = (value) => (value === null || value === undefined ? '–' : value.toLocaleString('en-US'));

/** @param {import('./app.js').MapAnswer} map */
function tierDetails(map) {
  const rows = (map.assumptions.tiers ?? []).map((/** @type {any} */ tier) => make('tr', {},
    make('th', { scope: 'row' }, `${tier.leverage}×${tier.sizeClass ? ` ${tier.sizeClass}` : ''}`),
    make('td', {}, tier.distanceFrom === undefined || tier.distanceFrom === null ? '–' : `${percent(tier.distanceFrom)} – ${percent(tier.distanceTo)}`),
    make('td', {}, percent(tier.share, 2) + prior(tier.prior?.long)),
    make('td', {}, percent(tier.shareShort ?? tier.share, 2) + prior(tier.prior?.short))));
  return make('details', { id: 'quality-tiers' }, make('summary', {}, `Assumed leverage: ${rows.length} tiers`),
    make('table', { className: 'tiers' }, make('thead', {}, make('tr', {}, ...['tier', 'distance', 'of longs', 'of shorts'].map((name) => make('th', { scope: 'col' }, name)))), make('tbody', {}, ...rows)),
    make('p', { className: 'note' }, '* a prior: price has not swept that distance.'));
}

/** @param {boolean | undefined} isPrior */
const prior = (isPrior) => (isPrior ? ' *' : '');
