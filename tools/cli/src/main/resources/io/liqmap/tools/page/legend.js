// @ts-check
/** @import { Palette } from './palette.js' */
import { make, say } from './dom.js';
import { money } from './format.js';
import { Intensity, neat, parseMoney } from './intensity.js';

const BINS = 72;
const STEP = 1 / 60;

/**
 * The scale of colours in money, and the control of it: what is left of the left handle stays dark, what is right of
 * the right one is as light as can be. Above the strip is how many cells hold how much.
 */
export class Legend {
  /** @param {(intensity: Intensity | null) => void} onChange what is chosen; null: by what is seen */
  constructor(onChange) {
    this.onChange = onChange;
    /** @type {Intensity} */
    this.intensity = new Intensity(1e4, 1e7, 'log');
    /** @type {Palette | null} */
    this.palette = null;
    this.isAuto = true;
    this.isFixed = false;
    this.least = 1e3;
    this.most = 1e8;
    /** @type {Float64Array} */
    this.amounts = new Float64Array(0);
    this.unit = '';

    this.strip = make('canvas', { className: 'legend-strip', 'aria-hidden': 'true' });
    this.handles = [this.handle('legend-low', 'Hide cells below'), this.handle('legend-high', 'Lightest from')];
    this.track = make('div', { className: 'legend-track', id: 'legend' }, this.strip, ...this.handles);
    this.fields = [this.field('legend-low-field', 'Hide cells below', 0), this.field('legend-high-field', 'Lightest from', 1)];
    this.scale = make('button', { type: 'button', id: 'legend-scale', className: 'quiet', title: 'Scale of the colours' });
    this.scale.addEventListener('click', () => {
      const { low, high, scale } = this.intensity;
      this.choose(new Intensity(low, high, scale === 'log' ? 'linear' : 'log'), this.isAuto);
    });
    this.auto = make('button', { type: 'button', id: 'legend-auto', className: 'quiet', title: 'Set by the cells that are seen (I)' }, 'Auto');
    this.auto.addEventListener('click', () => this.setAuto());
    this.element = make('div', { className: 'legend', role: 'group', 'aria-label': 'Colours of the heat in money' },
      this.fields[0], this.track, this.fields[1], this.scale, this.auto);
    new ResizeObserver(() => this.draw()).observe(this.track);
  }

  /** @param {string} id @param {string} label */
  handle(id, label) {
    const handle = make('div', { id, className: 'legend-handle', tabIndex: 0, role: 'slider', 'aria-label': label, 'aria-orientation': 'horizontal' });
    const number = id === 'legend-low' ? 0 : 1;
    handle.addEventListener('pointerdown', (/** @type {PointerEvent} */ e) => {
      e.preventDefault();
      handle.focus();
      handle.setPointerCapture(e.pointerId);
      // The strip keeps its ends during a drag.
      this.isFixed = true;
    });
    handle.addEventListener('pointermove', (/** @type {PointerEvent} */ e) => {
      if (!handle.hasPointerCapture(e.pointerId)) return;
      const box = this.track.getBoundingClientRect();
      this.move(number, this.amountAt((e.clientX - box.left) / box.width));
    });
    handle.addEventListener('lostpointercapture', () => {
      this.isFixed = false;
    });
    handle.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => {
      const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[e.key];
      const at = this.shareOf(number ? this.intensity.high : this.intensity.low);
      if (steps) this.move(number, this.amountAt(at + steps * STEP));
      else if (e.key === 'Home') this.move(number, this.least);
      else if (e.key === 'End') this.move(number, this.most);
      else return;
      e.preventDefault();
      e.stopPropagation();
    });
    return handle;
  }

  /** @param {string} id @param {string} label @param {number} number 0 low, 1 high */
  field(id, label, number) {
    const field = make('input', { type: 'text', id, className: 'legend-field', size: 7, autocomplete: 'off', spellcheck: false, title: `${label}: such as 250k or 1.5M`, 'aria-label': label });
    field.addEventListener('change', () => {
      const amount = parseMoney(field.value);
      field.toggleAttribute('aria-invalid', amount === null);
      if (amount === null) return;
      const { low, high, scale } = this.intensity;
      if (number === 0) this.choose(new Intensity(amount, Math.max(high, amount * 1.05), scale), false);
      else this.choose(new Intensity(Math.min(low, amount / 1.05), amount, scale), false);
    });
    return field;
  }

  /**
   * Moves a handle, at most to the other.
   * @param {number} number 0 low, 1 high
   * @param {number} amount
   */
  move(number, amount) {
    const { low, high, scale } = this.intensity;
    const to = neat(Math.min(this.most, Math.max(this.least, amount)));
    this.choose(number ? new Intensity(low, Math.max(to, low * 1.05), scale) : new Intensity(Math.min(to, high / 1.05), high, scale), false);
  }

  setAuto() {
    this.isAuto = true;
    this.choose(Intensity.auto(this.amounts, this.intensity.scale), true);
  }

  /** @param {Intensity} intensity @param {boolean} isAuto */
  choose(intensity, isAuto) {
    this.isAuto = isAuto;
    this.intensity = isAuto ? Intensity.auto(this.amounts, intensity.scale) : intensity;
    this.draw();
    this.onChange(isAuto ? null : this.intensity);
  }

  /**
   * Shows what a link says.
   * @param {Intensity | null} intensity null: by what is seen
   * @param {'log' | 'linear'} scale
   */
  follow(intensity, scale) {
    this.isAuto = !intensity;
    this.intensity = intensity ?? Intensity.auto(this.amounts, scale);
    this.draw();
  }

  /** @param {Float64Array} amounts of the cells that are seen, rising @param {string} unit */
  setAmounts(amounts, unit) {
    this.amounts = amounts;
    this.unit = unit;
    if (!this.isFixed && amounts.length) {
      this.least = Math.pow(10, Math.floor(Math.log10(amounts[Math.floor(amounts.length * 0.02)])));
      this.most = amounts[amounts.length - 1] * 1.3;
    }
    if (this.isAuto) this.intensity = Intensity.auto(amounts, this.intensity.scale);
    this.least = Math.min(this.least, this.intensity.low);
    this.most = Math.max(this.most, this.intensity.high);
    this.draw();
  }

  /** @param {Palette} palette */
  setPalette(palette) {
    this.palette = palette;
    this.draw();
  }

  /** @param {number} share of the strip */
  amountAt(share) {
    return this.least * Math.pow(this.most / this.least, Math.min(1, Math.max(0, share)));
  }

  /** @param {number} amount */
  shareOf(amount) {
    return Math.min(1, Math.max(0, Math.log(amount / this.least) / Math.log(this.most / this.least)));
  }

  draw() {
    const { low, high, scale } = this.intensity;
    for (const [number, amount] of [low, high].entries()) {
      const handle = this.handles[number];
      handle.style.left = `${this.shareOf(amount) * 100}%`;
      handle.setAttribute('aria-valuemin', String(Math.round(this.least)));
      handle.setAttribute('aria-valuemax', String(Math.round(this.most)));
      handle.setAttribute('aria-valuenow', String(Math.round(amount)));
      handle.setAttribute('aria-valuetext', `${number ? 'lightest from' : 'hidden below'} ${money(amount)} ${this.unit}`.trim());
      const field = this.fields[number];
      if (document.activeElement !== field || !field.value || parseMoney(field.value) !== amount) field.value = money(amount);
    }
    this.auto.setAttribute('aria-pressed', String(this.isAuto));
    say(this.scale, scale === 'log' ? 'Log' : 'Linear');
    this.scale.setAttribute('aria-label', `Scale of the colours: ${scale === 'log' ? 'logarithmic' : 'linear'}`);
    this.drawStrip();
  }

  drawStrip() {
    const { strip, palette } = this;
    const width = Math.round(strip.clientWidth * devicePixelRatio);
    const height = Math.round(strip.clientHeight * devicePixelRatio);
    if (!palette || !width || !height) return;
    strip.width = width;
    strip.height = height;
    const context = /** @type {CanvasRenderingContext2D} */ (strip.getContext('2d'));
    const bins = this.bins();
    const most = Math.max(...bins, 1);
    for (let x = 0; x < width; x++) {
      context.fillStyle = palette.css(this.intensity.colour(this.amountAt((x + 0.5) / width)));
      const bin = bins[Math.floor((x / width) * BINS)];
      const bar = bin ? Math.max(1, Math.round((bin / most) * height * 0.5)) : 0;
      context.fillRect(x, height * 0.5 - bar, 1, height * 0.5 + bar);
    }
  }

  /** @returns {number[]} how many of the cells that are seen hold as much as each part of the strip */
  bins() {
    const bins = new Array(BINS).fill(0);
    const range = Math.log(this.most / this.least);
    for (const amount of this.amounts) {
      const share = Math.log(amount / this.least) / range;
      if (share >= 0 && share < 1) bins[Math.floor(share * BINS)]++;
    }
    return bins;
  }
}
