// @ts-check
const MAGIC = 0x314d484c;
const HEADER = 48;
const SERIES = 6;

/**
 * The history of a map: columns of time and rows of price. A column is the map as of its end, so what mark took
 * within the column is gone from it.
 *
 * @typedef {{columns: number, rows: number, group: number, every: number, lowest: number, ratio: number, done: number,
 *   time: Float64Array, open: Float64Array, high: Float64Array, low: Float64Array, close: Float64Array,
 *   mark: Float64Array, cells: Float32Array}} Parts `time` the columns' ends in ms, rising; `cells` column by column,
 *   longs below 0, shorts above, NaN where a column isn't made yet; row r begins at the price lowest · ratio^r
 */
export class HeatData {
  /** @param {Parts} parts */
  constructor(parts) {
    this.columns = parts.columns;
    this.rows = parts.rows;
    this.group = parts.group;
    this.every = parts.every;
    this.lowest = parts.lowest;
    this.ratio = parts.ratio;
    this.done = parts.done;
    this.time = parts.time;
    this.open = parts.open;
    this.high = parts.high;
    this.low = parts.low;
    this.close = parts.close;
    this.mark = parts.mark;
    this.cells = parts.cells;
    this.step = Math.log(parts.ratio);
  }

  /** Start of the first column, ms. */
  get from() {
    return this.columns ? this.time[0] - this.every : 0;
  }

  /** End of the last column, ms. */
  get to() {
    return this.columns ? this.time[this.columns - 1] : 0;
  }

  /** Upper edge of the highest row. */
  get highest() {
    return this.price(this.rows);
  }

  /** @param {number} column @returns {number} ms */
  start(column) {
    return column > 0 ? this.time[column - 1] : this.from;
  }

  /** @param {number} row @returns {number} its lower edge */
  price(row) {
    return this.lowest * Math.exp(this.step * row);
  }

  /** @param {number} time ms @returns {number} the column that it is in, −1 outside */
  columnAt(time) {
    if (!(time >= this.from && time < this.to)) return -1;
    let low = 0;
    let high = this.columns - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time[middle] > time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** @param {number} price @returns {number} the row that it is in, −1 outside */
  rowAt(price) {
    const row = Math.floor(Math.log(price / this.lowest) / this.step);
    return row >= 0 && row < this.rows ? row : -1;
  }

  /** @param {number} column @param {number} row @returns {number} longs below 0, shorts above; NaN where not made or outside */
  cell(column, row) {
    const isInside = column >= 0 && column < this.columns && row >= 0 && row < this.rows;
    return isInside ? this.cells[column * this.rows + row] : NaN;
  }

  /** @param {number} column */
  isMade(column) {
    return !Number.isNaN(this.cell(column, 0));
  }

  /**
   * What mark would sweep on its way from where it was at a column's end to a price: shorts above it, longs below.
   * @param {number} column
   * @param {number} price
   * @returns {{edge: number, side: 'long' | 'short', amount: number} | null} through the whole row of the price, to
   *   its far edge; null where a row on the way isn't there
   */
  toPrice(column, price) {
    const target = this.rowAt(price);
    const from = this.rowAt(this.mark[column]);
    if (target < 0 || from < 0 || !this.isMade(column)) return null;
    const isUp = price >= this.mark[column];
    let amount = 0;
    for (let row = from; isUp ? row <= target : row >= target; row += isUp ? 1 : -1) {
      const cell = this.cell(column, row);
      if (isUp ? cell > 0 : cell < 0) amount += Math.abs(cell);
    }
    return { edge: this.price(isUp ? target + 1 : target), side: isUp ? 'short' : 'long', amount };
  }

  /**
   * Samples what cells within a range hold.
   * @param {{from: number, to: number, low: number, high: number}} range
   * @returns {Float64Array} amounts above 0, rising
   */
  amounts(range) {
    const first = range.from <= this.from ? 0 : this.columnAt(range.from);
    const last = range.to >= this.to ? this.columns - 1 : this.columnAt(range.to);
    const bottom = range.low <= this.lowest ? 0 : this.rowAt(range.low);
    const top = range.high >= this.highest ? this.rows - 1 : this.rowAt(range.high);
    if (first < 0 || last < first || bottom < 0 || top < bottom) return new Float64Array(0);
    // A step without a factor in common with the rows visits all of them.
    const skip = Math.max(1, Math.floor(((last - first + 1) * (top - bottom + 1)) / 40_000)) | 1;
    const found = [];
    const count = top - bottom + 1;
    for (let i = 0; i < (last - first + 1) * count; i += skip) {
      const cell = Math.abs(this.cells[(first + Math.floor(i / count)) * this.rows + bottom + (i % count)]);
      if (cell > 0) found.push(cell);
    }
    return Float64Array.from(found).sort();
  }
}

/**
 * Decodes the server's answer without a copy; it is little endian, as every machine with a browser is.
 * @param {ArrayBuffer} bytes
 * @returns {HeatData}
 */
export function decode(bytes) {
  const view = new DataView(bytes);
  if (bytes.byteLength < HEADER || view.getUint32(0, true) !== MAGIC) throw new Error('The heatmap that the server sent has another form; reload the page.');
  const columns = view.getUint32(4, true);
  const rows = view.getUint32(8, true);
  const end = HEADER + columns * SERIES * 8;
  if (bytes.byteLength !== end + columns * rows * 4) throw new Error('The heatmap that the server sent is cut off.');
  const series = (/** @type {number} */ number) => new Float64Array(bytes, HEADER + number * columns * 8, columns);
  return new HeatData({
    columns,
    rows,
    group: view.getUint32(12, true),
    every: view.getFloat64(16, true),
    lowest: view.getFloat64(24, true),
    ratio: view.getFloat64(32, true),
    done: view.getFloat32(40, true),
    time: series(0),
    open: series(1),
    high: series(2),
    low: series(3),
    close: series(4),
    mark: series(5),
    cells: new Float32Array(bytes, end, columns * rows),
  });
}
