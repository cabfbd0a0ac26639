// @ts-check
/** @import { Api } from './api.js' */
/** @import { Range } from './viewport.js' */
import { HeatData, decode } from './heat-data.js';

/** Share of what is seen that is asked for on each side of it, to pan into. */
const MARGIN = 0.3;
/** How much coarser than could be seen cells may be. */
const COARSE = 1.6;
const PAUSE = 120;
const MOST_COLUMNS = 2000;
const MOST_ROWS = 1500;
const MOST_CELLS = 2_000_000;

/**
 * Gets the cells for what is seen. A new request replaces the one before.
 *
 * @typedef {{instrument: string | null, model: string | null, window: string | null, group: number}} Wanted
 * @typedef {{low: number | null, high: number | null, count: number}} Axis time in ms, or ln of price; null: the whole
 * @typedef {{key: string, time: Axis, price: Axis, group: number}} Question
 */
export class HeatSource {
  /**
   * @param {Api} api
   * @param {(data: HeatData) => void} onData
   * @param {(error: any) => void} onError
   */
  constructor(api, onData, onError) {
    this.api = api;
    this.onData = onData;
    this.onError = onError;
    /** What was asked last.
     * @type {Question | null} */
    this.asked = null;
    this.timer = 0;
    this.isBusy = false;
    this.onBusy = () => {};
  }

  /** @param {() => void} ask called a while after the last call of this */
  later(ask) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(ask, PAUSE);
  }

  /**
   * Asks for what is seen, unless that was asked for, and finely enough.
   * @param {Wanted} wanted
   * @param {Range} range
   * @param {{isTimeWhole: boolean, isPriceWhole: boolean}} whole
   * @param {{columns: number, rows: number}} size how many can be distinguished
   * @param {HeatData | null} data in hand
   */
  ask(wanted, range, whole, size, data) {
    clearTimeout(this.timer);
    const key = JSON.stringify(wanted);
    const seenTime = { low: whole.isTimeWhole ? null : range.from, high: whole.isTimeWhole ? null : range.to, count: size.columns };
    const seenPrice = { low: whole.isPriceWhole ? null : Math.log(range.low), high: whole.isPriceWhole ? null : Math.log(range.high), count: size.rows };
    const price = around(seenPrice, MOST_ROWS);
    let { group } = wanted;
    if (group && data?.group) {
      const buckets = (price.low === null || price.high === null ? data.step * data.rows : price.high - price.low) / (data.step / data.group);
      group = Math.max(group, Math.ceil(buckets / (MOST_ROWS - 2)));
      price.count = Math.ceil(buckets / group) + 2;
    }
    const time = around(seenTime, Math.min(MOST_COLUMNS, Math.floor(MOST_CELLS / price.count)));
    const { asked } = this;
    if (asked?.key === key && covers(asked.time, time, seenTime) && covers(asked.price, price, seenPrice)) return;
    this.asked = { key, time, price, group };
    this.send(wanted, this.asked, false);
  }

  /** @param {Wanted} wanted of which there are new columns */
  refresh(wanted) {
    if (this.asked) this.send(wanted, this.asked, true);
  }

  /** @param {Wanted} wanted @param {Question} question @param {boolean} isRefresh */
  async send({ instrument, model, window }, { time, price, group }, isRefresh) {
    this.setBusy(!isRefresh);
    try {
      const answer = await this.api.get(
        'heat',
        '/api/heatmap',
        {
          instrument,
          model,
          window,
          from: time.low && Math.floor(time.low),
          to: time.high && Math.ceil(time.high),
          low: price.low && Number(Math.exp(price.low).toPrecision(8)),
          high: price.high && Number(Math.exp(price.high).toPrecision(8)),
          columns: time.count,
          rows: price.count,
          group: group || null,
        },
        { as: 'bytes', isRefresh },
      );
      // Without an answer a newer request is on its way.
      if (!answer) return;
      this.setBusy(false);
      this.onData(decode(answer));
    } catch (e) {
      this.setBusy(false);
      this.asked = null;
      this.onError(e);
    }
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    if (isBusy === this.isBusy) return;
    this.isBusy = isBusy;
    this.onBusy();
  }
}

/**
 * @param {Axis} seen
 * @param {number} most
 * @returns {Axis} with the margin
 */
function around({ low, high, count }, most) {
  const isWhole = low === null || high === null;
  const wanted = Math.min(most, Math.max(16, Math.round(isWhole ? count : count * (1 + 2 * MARGIN))));
  if (isWhole) return { low, high, count: wanted };
  const spare = (high - low) * MARGIN;
  return { low: low - spare, high: high + spare, count: wanted };
}

/**
 * @param {Axis} asked
 * @param {Axis} fresh what would be asked now
 * @param {Axis} seen
 */
function covers(asked, fresh, seen) {
  if (seen.low === null || seen.high === null) return asked.low === null && fresh.count <= asked.count * COARSE;
  if (asked.low === null || asked.high === null || seen.low < asked.low || seen.high > asked.high) return false;
  return (asked.high - asked.low) / asked.count <= (COARSE * (Number(fresh.high) - Number(fresh.low))) / fresh.count;
}
