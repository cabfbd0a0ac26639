// @ts-check
/** Where times and prices lie on a canvas, in its pixels, for one drawing. Time is even, price logarithmic. */
export class Frame {
  /**
   * @param {{from: number, to: number, low: number, high: number}} range what is seen
   * @param {{left: number, top: number, width: number, height: number}} box of the plot
   * @param {number} ratio canvas pixels in a CSS pixel
   */
  constructor(range, box, ratio) {
    this.from = range.from;
    this.to = range.to;
    this.low = range.low;
    this.high = range.high;
    this.left = box.left;
    this.top = box.top;
    this.width = box.width;
    this.height = box.height;
    this.ratio = ratio;
    this.perMs = box.width / (range.to - range.from);
    this.logHigh = Math.log(range.high);
    this.perLog = box.height / (this.logHigh - Math.log(range.low));
  }

  /** @param {number} time ms */
  x(time) {
    return this.left + (time - this.from) * this.perMs;
  }

  /** @param {number} price */
  y(price) {
    return this.top + (this.logHigh - Math.log(price)) * this.perLog;
  }

  /** @param {number} x */
  time(x) {
    return this.from + (x - this.left) / this.perMs;
  }

  /** @param {number} y */
  price(y) {
    return Math.exp(this.logHigh - (y - this.top) / this.perLog);
  }
}
