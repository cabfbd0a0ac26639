// @ts-check
import { beep } from './beep.js';
import { byId, make, say } from './dom.js';
import { distance, money, price } from './format.js';
import { liveNow } from './live.js';

const KEY = 'liqmap.alerts';
const SIDES = /** @type {const} */ (['long', 'short']);

/**
 * Alerts by distance or size of the nearest cluster of each side, kept in this browser. Only live data raises them.
 * @typedef {{isOn: boolean, bps: number | null, notional: number | null}} Rule
 * @typedef {{long: Rule, short: Rule, hasSound: boolean}} Alerts
 * @param {import('./app.js').App} app
 */
export function startAlerts(app) {
  const alerts = read();
  const banner = byId('alert-banner');
  const dialog = byId('alerts-dialog');
  let raised = '';
  let dismissed = '';
  byId('alerts-body').replaceChildren(form(alerts, () => {
    localStorage.setItem(KEY, JSON.stringify(alerts));
    dismissed = '';
    check();
  }), make('div', { className: 'dialog-end' }, make('button', { type: 'button', id: 'alerts-close', onclick: () => dialog.close() }, 'Close')));
  byId('alerts-open').addEventListener('click', () => dialog.showModal());
  banner.replaceChildren(make('span', { id: 'alert-text' }),
    make('button', { type: 'button', id: 'alert-dismiss', onclick: () => { dismissed = raised; check(); } }, 'Dismiss'));
  app.live.watch(check);
  app.map.watch(check);
  app.choice.watch(['instrument', 'model', 'window', 'at'], check);

  function check() {
    const isOn = SIDES.some((side) => alerts[side].isOn);
    say(byId('alerts-open'), isOn ? 'Alerts on' : 'Alerts');
    const state = liveNow(app);
    const found = SIDES.filter((side) => state && meets(alerts[side], state.nearest[side]));
    const unit = app.map.value?.units.notional ?? '';
    const key = [app.choice.get('instrument'), ...found].join(' ');
    const isRaised = found.length > 0;
    if (isRaised && key !== raised && key !== dismissed && alerts.hasSound) beep();
    if (!isRaised) dismissed = '';
    raised = isRaised ? key : '';
    const isShown = isRaised && key !== dismissed;
    banner.hidden = !isShown;
    byId('app').dataset.alert = isRaised ? found.join(' ') : '';
    document.title = document.title.replace(/^▲ /, '');
    if (!isShown || !state) return;
    document.title = `▲ ${document.title}`;
    say(byId('alert-text'), found.map((side) => {
      const cluster = /** @type {import('./app.js').Cluster} */ (state.nearest[side]);
      return `Nearest ${side} cluster: ${price(cluster.peakPrice)}, ${distance(cluster.distanceBps)} from mark, ${money(cluster.notional)} ${unit}`;
    }).join(' · '));
  }
}

/**
 * @param {Rule} rule
 * @param {import('./app.js').Cluster | null} cluster
 */
function meets(rule, cluster) {
  if (!rule.isOn || !cluster || (rule.bps === null && rule.notional === null)) return false;
  return (rule.bps === null || Math.abs(cluster.distanceBps) <= rule.bps) && (rule.notional === null || cluster.notional >= rule.notional);
}

/** @returns {Alerts} */
function read() {
  const none = () => ({ isOn: false, bps: 100, notional: null });
  const first = { long: none(), short: none(), hasSound: false };
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { long: { ...first.long, ...kept.long }, short: { ...first.short, ...kept.short }, hasSound: kept.hasSound === true };
  } catch {
    return first;
  }
}

/**
 * @param {Alerts} alerts
 * @param {() => void} onChange
 */
function form(alerts, onChange) {
  const rows = SIDES.map((side) => {
    const rule = alerts[side];
    const on = make('input', { type: 'checkbox', id: `alert-${side}`, checked: rule.isOn });
    on.addEventListener('change', () => { rule.isOn = on.checked; onChange(); });
    const field = (/** @type {'bps' | 'notional'} */ name, /** @type {string} */ label, /** @type {number} */ scale) => {
      const input = make('input', { type: 'number', min: '0', step: 'any', id: `alert-${side}-${name}`, value: rule[name] === null ? '' : String(rule[name] / scale) });
      input.addEventListener('input', () => {
        rule[name] = input.value === '' || !(Number(input.value) >= 0) ? null : Number(input.value) * scale;
        onChange();
      });
      return make('label', { className: 'field' }, make('span', {}, label), input);
    };
    return make('fieldset', { className: `alert-row ${side}` }, make('legend', { className: 'unseen' }, `Nearest ${side} cluster`),
      make('label', { className: 'check' }, on, ` Nearest ${side} cluster`), field('bps', 'within, bp', 1), field('notional', 'at least, millions', 1e6));
  });
  const sound = make('input', { type: 'checkbox', id: 'alert-sound', checked: alerts.hasSound });
  sound.addEventListener('change', () => {
    alerts.hasSound = sound.checked;
    if (sound.checked) beep();
    onChange();
  });
  return make('div', {}, ...rows, make('label', { className: 'check' }, sound, ' Sound'),
    make('p', { className: 'note' }, 'An alert holds while both limits are met; an empty limit does not count. Kept in this browser. It says where an estimate lies, and nothing about where price goes.'));
}
