// @ts-check
/** @import { HeatData } from './heat-data.js' */
/** @import { Frame } from './heat-frame.js' */
import { make } from './dom.js';

/** Lines through the pointer and a frame around its cell, over the plot: moving them draws nothing else again. */
export class HeatCursor {
  /** @param {HTMLElement} over the plot's cover */
  constructor(over) {
    this.across = make('div', { className: 'heat-across', hidden: true });
    this.down = make('div', { className: 'heat-down', hidden: true });
    this.cell = make('div', { className: 'heat-cell', hidden: true });
    over.append(this.down, this.across, this.cell);
  }

  /**
   * @param {Frame} frame
   * @param {HeatData | null} data
   * @param {{column: number, row: number, price: number | null, time: number | null}} at −1 and null where there is none
   */
  show(frame, data, at) {
    const { ratio } = frame;
    this.across.hidden = at.price === null || at.price < frame.low || at.price > frame.high;
    this.down.hidden = at.time === null || at.time < frame.from || at.time > frame.to;
    if (at.price !== null) move(this.across, 0, (frame.y(at.price) - frame.top) / ratio);
    if (at.time !== null) move(this.down, (frame.x(at.time) - frame.left) / ratio, 0);
    const hasCell = !!data && at.column >= 0 && at.row >= 0;
    this.cell.hidden = !hasCell;
    if (!hasCell) return;
    const left = (frame.x(data.start(at.column)) - frame.left) / ratio;
    const right = (frame.x(data.time[at.column]) - frame.left) / ratio;
    const top = (frame.y(data.price(at.row + 1)) - frame.top) / ratio;
    const bottom = (frame.y(data.price(at.row)) - frame.top) / ratio;
    move(this.cell, left - 1, top - 1);
    this.cell.style.width = `${Math.max(3, right - left + 2)}px`;
    this.cell.style.height = `${Math.max(3, bottom - top + 2)}px`;
  }

  hide() {
    this.across.hidden = true;
    this.down.hidden = true;
    this.cell.hidden = true;
  }
}

/** @param {HTMLElement} element @param {number} x @param {number} y */
function move(element, x, y) {
  element.style.transform = `translate(${x.toFixed(2)}px, ${y.toFixed(2)}px)`;
}
