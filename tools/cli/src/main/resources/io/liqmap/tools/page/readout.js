// @ts-check
/** @import { HeatData } from './heat-data.js' */
/** @import { Marker } from './markers.js' */
import { make } from './dom.js';
import { money, number, price, time } from './format.js';

/**
 * What a cell holds, in exact amounts, beside the columns before and after it.
 *
 * @typedef {{data: HeatData, column: number, row: number, price: number,
 *   marker: Marker | null, unit: string}} Place
 */
export class Readout {
  constructor() {
    this.element = make('div', { id: 'heat-tip', className: 'heat-tip', role: 'tooltip', hidden: true });
  }

  /**
   * @param {Place} place
   * @param {{x: number, y: number, width: number, height: number}} at where the pointer is in the box that holds the
   *   readout, and how large that is, CSS pixels
   */
  show(place, at) {
    this.element.replaceChildren(...content(place));
    this.element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const isLeft = at.x + 18 + width > at.width;
    const left = isLeft ? Math.max(2, at.x - 18 - width) : at.x + 18;
    const top = Math.min(Math.max(2, at.y - height / 2), Math.max(2, at.height - height - 2));
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide() {
    this.element.hidden = true;
  }
}

/** @param {Place} place @returns {HTMLElement[]} */
function content({ data, column, row, price: at, marker, unit }) {
  const low = data.price(row);
  const high = data.price(row + 1);
  const isBelow = high <= data.mark[column] || (low < data.mark[column] && data.cell(column, row) < 0);
  const side = data.cell(column, row) === 0 ? (isBelow ? 'long' : 'short') : sideOf(data.cell(column, row));
  const parts = [
    make('div', { className: 'tip-time' }, `${time(data.time[column], data.every < 60_000)} UTC`),
    make('div', { className: `tip-price ${side}` }, `${price(low)} – ${price(high)}`, make('span', { className: 'tip-side' }, ` ${side}s`)),
    columns(data, column, row, unit),
  ];
  const sum = data.toPrice(column, at);
  if (sum) {
    parts.push(make('div', { className: 'tip-sum' }, `to ${price(sum.edge)}: `, make('b', { id: 'heat-to-price' }, money(sum.amount)), ` ${unit} of ${sum.side}s`));
  }
  if (data.close[column] > 0) {
    const { open, high: most, low: least, close } = data;
    parts.push(make('div', { className: 'tip-candle' }, `O ${price(open[column])}  H ${price(most[column])}  L ${price(least[column])}  C ${price(close[column])}`));
  }
  if (marker) parts.push(make('div', { className: `tip-marker ${marker.isLong ? 'long' : 'short'}` }, marker.text));
  return parts;
}

/** @param {number} cell */
function sideOf(cell) {
  return cell < 0 ? 'long' : 'short';
}

/** @param {HeatData} data @param {number} column @param {number} row @param {string} unit */
function columns(data, column, row, unit) {
  const names = make('tr', {});
  const amounts = make('tr', {});
  for (const [name, number] of /** @type {[string, number][]} */ ([['before', column - 1], ['here', column], ['after', column + 1]])) {
    names.append(make('th', { scope: 'col' }, name === 'here' ? unit : name === 'before' ? '← before' : 'after →'));
    amounts.append(make('td', { className: `tip-${name}`, 'data-cell': name }, exact(data.cell(number, row))));
  }
  return make('table', {}, names, amounts);
}

/** @param {number} cell @returns {string} the amount, to the unit */
export function exact(cell) {
  if (Number.isNaN(cell)) return '–';
  const amount = Math.abs(cell);
  return amount === 0 ? '0' : number(amount, amount < 10 ? 2 : 0);
}

/** @param {Place} place @returns {string} what a screen reader says */
export function spoken({ data, column, row, unit }) {
  const cell = data.cell(column, row);
  const what = Number.isNaN(cell) ? 'not made yet' : cell === 0 ? 'nothing' : `${exact(cell)} ${unit} of ${sideOf(cell)}s`;
  return `${time(data.time[column], false)} UTC, ${price(data.price(row))} to ${price(data.price(row + 1))}: ${what}`;
}
