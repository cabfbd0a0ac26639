// @ts-check
/** @import { Api } from './api.js' */
/** @import { HeatData } from './heat-data.js' */
/** @import { Range } from './viewport.js' */
import { decode } from './heat-data.js';

const MARGIN = 0.3;
const PAUSE = 120;
/** How much coarser than could be seen cells may be. */
const COARSE = 1.6;
const MOST_COLUMNS = 2000;
const MOST_ROWS = 1500;
const MOST_CELLS = 2_000_000;

/**
 * Gets the cells for what is seen, with a margin to pan into. A new request replaces the one before.
 *
 * @typedef {{instrument: string | null, model: string | null, window: string | null, group: number}} Wanted
 * @typedef {{width: number, height: number}} Size
 */
export class HeatSource {
  /** @param {Api} api @param {(data: HeatData) => void} onData @param {(error: any) => void} onError */
  constructor(api, onData, onError) {
    this.api = api;
    this.onData = onData;
    this.onError = onError;
    /** What the cells in hand were asked for.
     * @type {{key: string, range: Partial<Range>, columns: number, rows: number, group: number} | null} */
    this.asked = null;
    this.timer = 0;
    this.isBusy = false;
    /** @type {() => void} */
    this.onBusy = () => {};
  }

  /**
   * Asks a while after the last change.
   * @param {() => void} ask
   */
  later(ask) {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(ask, PAUSE);
  }

  /** Has the next question be asked whatever is in hand. */
  forget() {
    this.asked = null;
  }

  /**
   * Asks for what is seen, unless the cells in hand do.
   * @param {Wanted} wanted
   * @param {Partial<Range>} seen without a time or price where it is the whole
   * @param {Size} size of the plot: how many columns and rows can be told apart
   * @param {HeatData | null} data in hand
   */
  ask(wanted, seen, size, data) {
    clearTimeout(this.timer);
    const key = JSON.stringify(wanted);
    const fresh = question(wanted.group, seen, size, data);
    if (this.asked && this.asked.key === key && suffices(this.asked, fresh, seen)) return;
    this.asked = { key, ...fresh };
    this.send(wanted, this.asked, false);
  }

  /**
   * Asks the same again: there are new columns.
   * @param {Wanted} wanted
   */
  refresh(wanted) {
    if (this.asked) this.send(wanted, this.asked, true);
  }

  /**
   * @param {Wanted} wanted
   * @param {{range: Partial<Range>, columns: number, rows: number, group: number}} asked
   * @param {boolean} isRefresh
   */
  async send(wanted, { range, columns, rows, group }, isRefresh) {
    this.setBusy(!isRefresh);
    let answer;
    try {
      answer = await this.api.get(
        'heat',
        '/api/heatmap',
        {
          instrument: wanted.instrument,
          model: wanted.model,
          window: wanted.window,
          from: range.from === undefined ? null : Math.floor(range.from),
          to: range.to === undefined ? null : Math.ceil(range.to),
          low: range.low === undefined ? null : Number(range.low.toPrecision(8)),
          high: range.high === undefined ? null : Number(range.high.toPrecision(8)),
          columns,
          rows,
          group: group || null,
        },
        { as: 'bytes', isRefresh },
      );
      if (answer) {
        this.setBusy(false);
        this.onData(decode(answer));
      }
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
 * @param {number} group buckets in a row; 0 for as many as needed
 * @param {Partial<Range>} seen
 * @param {Size} size
 * @param {HeatData | null} data tells how wide a bucket is
 * @returns {{range: Partial<Range>, columns: number, rows: number, group: number}}
 */
function question(group, seen, size, data) {
  const isPrice = seen.low !== undefined && seen.high !== undefined;
  /** @type {Partial<Range>} */
  const range = {};
  let columns = size.width;
  let rows = size.height;
  if (seen.from !== undefined && seen.to !== undefined) {
    const spare = (seen.to - seen.from) * MARGIN;
    range.from = seen.from - spare;
    range.to = seen.to + spare;
    columns *= 1 + 2 * MARGIN;
  }
  if (seen.low !== undefined && seen.high !== undefined) {
    const spare = Math.pow(seen.high / seen.low, MARGIN);
    range.low = seen.low / spare;
    range.high = seen.high * spare;
    rows *= 1 + 2 * MARGIN;
  }
  if (group && data?.group) {
    const buckets = (isPrice ? Math.log(Number(range.high) / Number(range.low)) : data.step * data.rows) / (data.step / data.group);
    group = Math.max(group, Math.ceil(buckets / (MOST_ROWS - 2)));
    rows = Math.ceil(buckets / group) + 2;
  }
  rows = Math.max(16, Math.min(MOST_ROWS, Math.round(rows)));
  columns = Math.max(16, Math.min(MOST_COLUMNS, Math.floor(MOST_CELLS / rows), Math.round(columns)));
  return { range, columns, rows, group };
}

/**
 * @param {{range: Partial<Range>, columns: number, rows: number}} asked
 * @param {{range: Partial<Range>, columns: number, rows: number}} fresh
 * @param {Partial<Range>} seen
 * @returns {boolean} whether all that is seen is there, and fine enough
 */
function suffices(asked, fresh, seen) {
  const a = asked.range;
  const f = fresh.range;
  const isTime = seen.from === undefined ? a.from === undefined : covers(a.from, a.to, seen.from, seen.to);
  const isPrice = seen.low === undefined ? a.low === undefined : covers(a.low, a.high, seen.low, seen.high);
  if (!isTime || !isPrice) return false;
  const column = (Number(a.to) - Number(a.from)) / asked.columns / ((Number(f.to) - Number(f.from)) / fresh.columns);
  const row = Math.log(Number(a.high) / Number(a.low)) / asked.rows / (Math.log(Number(f.high) / Number(f.low)) / fresh.rows);
  return (seen.from === undefined ? fresh.columns / asked.columns : column) <= COARSE && (seen.low === undefined ? fresh.rows / asked.rows : row) <= COARSE;
}

/**
 * @param {number | undefined} low
 * @param {number | undefined} high
 * @param {number | undefined} seenLow
 * @param {number | undefined} seenHigh
 */
function covers(low, high, seenLow, seenHigh) {
  return low !== undefined && high !== undefined && Number(seenLow) >= low && Number(seenHigh) <= high;
}
