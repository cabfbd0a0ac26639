// @ts-check
const LEAST_TIME = 1000;
const LEAST_RATIO = 1.002;

/**
 * The part of time and price that is seen. Calls `onChange` after each change.
 * @typedef {{from: number, to: number, low: number, high: number}} Range ms; prices
 */
export class Viewport {
  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
    /** @type {Range} */
    this.range = { from: 0, to: 1, low: 1, high: 2 };
    /** What a reset shows, and about how far one can go.
     * @type {Range} */
    this.whole = this.range;
    this.isTimeWhole = true;
    this.isPriceWhole = true;
  }

  /**
   * Changes what a reset shows; what isn't zoomed follows.
   * @param {Range} whole
   */
  setWhole(whole) {
    this.whole = whole;
    const range = { ...this.range };
    if (this.isTimeWhole) Object.assign(range, { from: whole.from, to: whole.to });
    if (this.isPriceWhole) Object.assign(range, { low: whole.low, high: whole.high });
    this.range = range;
    this.onChange();
  }

  reset() {
    this.isTimeWhole = true;
    this.isPriceWhole = true;
    this.setWhole(this.whole);
  }

  /** @param {Partial<Range>} part what to show; the rest stays */
  show(part) {
    if (part.from !== undefined || part.to !== undefined) this.isTimeWhole = false;
    if (part.low !== undefined || part.high !== undefined) this.isPriceWhole = false;
    this.range = this.within({ ...this.range, ...part });
    this.onChange();
  }

  /** @param {number} factor of what is seen; below 1 zooms in @param {number} at what stays where it is: 0 the left edge, 1 the right */
  zoomTime(factor, at) {
    const { from, to } = this.range;
    const fixed = from + (to - from) * at;
    const span = Math.min(Math.max((to - from) * factor, LEAST_TIME), (this.whole.to - this.whole.from) * 1.5);
    this.show({ from: fixed - span * at, to: fixed + span * (1 - at) });
  }

  /** @param {number} factor of what is seen; below 1 zooms in @param {number} at what stays where it is: 0 the lower edge, 1 the upper */
  zoomPrice(factor, at) {
    const low = Math.log(this.range.low);
    const high = Math.log(this.range.high);
    const fixed = low + (high - low) * at;
    const most = Math.max(Math.log(this.whole.high / this.whole.low) * 3, Math.log(4));
    const span = Math.min(Math.max((high - low) * factor, Math.log(LEAST_RATIO)), most);
    this.show({ low: Math.exp(fixed - span * at), high: Math.exp(fixed + span * (1 - at)) });
  }

  /**
   * Moves by shares of what is seen; 0 keeps an axis as it is.
   * @param {number} time later
   * @param {number} price higher
   */
  pan(time, price) {
    const { from, to, low, high } = this.range;
    const later = (to - from) * time;
    const factor = Math.pow(high / low, price);
    this.show({
      ...(time ? { from: from + later, to: to + later } : {}),
      ...(price ? { low: low * factor, high: high * factor } : {}),
    });
  }

  /**
   * Brings a moment into sight, if it isn't.
   * @param {number} time ms
   */
  reveal(time) {
    const { from, to } = this.range;
    if (time < from || time > to) this.show({ from: time - (to - from) / 2, to: time + (to - from) / 2 });
  }

  /**
   * Keeps a tenth of what there is in sight.
   * @param {Range} range
   */
  within(range) {
    const { whole } = this;
    const spare = (range.to - range.from) * 0.9;
    const later = Math.max(whole.from - spare - range.from, 0) - Math.max(range.to - whole.to - spare, 0);
    const factor = Math.pow(range.high / range.low, 0.9);
    const higher = Math.max(whole.low / factor / range.low, 1) / Math.max(range.high / whole.high / factor, 1);
    return { from: range.from + later, to: range.to + later, low: range.low * higher, high: range.high * higher };
  }

  /** @returns {{time: string | null, price: string | null}} as a link holds it; null where it is the whole */
  link() {
    const { from, to, low, high } = this.range;
    return {
      time: this.isTimeWhole ? null : `${Math.round(from)},${Math.round(to)}`,
      price: this.isPriceWhole ? null : `${+low.toPrecision(7)},${+high.toPrecision(7)}`,
    };
  }

  /**
   * Shows what a link says.
   * @param {string | null} time
   * @param {string | null} price
   */
  follow(time, price) {
    const times = pair(time);
    const prices = pair(price);
    this.isTimeWhole = !times;
    this.isPriceWhole = !prices;
    const { whole } = this;
    this.range = {
      from: times?.[0] ?? whole.from,
      to: times?.[1] ?? whole.to,
      low: prices?.[0] ?? whole.low,
      high: prices?.[1] ?? whole.high,
    };
    this.onChange();
  }
}

/** @param {string | null} text @returns {[number, number] | null} */
function pair(text) {
  const [low, high] = (text ?? '').split(',').map(Number);
  return low > 0 && high > low && Number.isFinite(high) ? [low, high] : null;
}
