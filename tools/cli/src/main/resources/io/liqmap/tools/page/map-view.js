// @ts-check
import { barAt, barsOf, GROUPS } from './bars.js';
import { byId, say } from './dom.js';
import { Gestures } from './gestures.js';
import { money, price } from './format.js';
import { liveNow } from './live.js';
import { MapChart } from './map-chart.js';
import { MapControls, PARTS } from './map-controls.js';
import { createLegend } from './map-legend.js';
import { readoutOf, toPrice } from './map-readout.js';
import { rangeOf, zoomed } from './map-scale.js';
import { isDark } from './theme.js';
import { layersOf } from './tiers.js';

const CHOSEN = ['map.low', 'map.high', 'map.range', 'map.group', 'map.hide', 'map.tiers'];
/** The least width of a bar in pixels, where the page chooses how many buckets it holds. */
const BAR = 3;
/** How far mark may leave the middle before the first range follows it, as a difference of logarithms. */
const DRIFT = 0.03;

/**
 * The map: notional by liquidation price, stacked by leverage (by member for a group), with sums outward from mark.
 * @param {HTMLElement} root the section that it draws into
 * @param {import('./app.js').App} app
 * @returns {import('./app.js').View}
 */
export function createMapView(root, app) {
  const view = new MapView(root, app);
  return {
    resize: () => view.resize(),
    setShown: (isShown) => view.setShown(isShown),
    keys: {
      f: { does: 'Map: all prices, or the surroundings of mark', run: () => view.toggleFull() },
      c: { does: 'Map: show or hide the sums', run: () => view.togglePart('curves') },
      k: { does: 'Map: show or hide clusters', run: () => view.togglePart('clusters') },
    },
  };
}

class MapView {
  /**
   * @param {HTMLElement} root
   * @param {import('./app.js').App} app
   */
  constructor(root, app) {
    this.root = root;
    this.app = app;
    this.isShown = false;
    this.centre = NaN;
    /** @type {import('./map-chart.js').Drawing | null} */
    this.drawing = null;
    this.madeOf = '';
    /** @type {import('./app.js').MapAnswer | null} */
    this.madeFrom = null;
    /** @type {number | null} index of the bar that is read out */
    this.bar = null;
    /** @type {number | null} the price that is pointed at */
    this.at = null;
    this.controls = new MapControls(root, {
      toggle: (part) => this.togglePart(part),
      group: (k) => app.choice.set({ 'map.group': k }),
      near: () => this.reset(),
      full: () => this.toggleFull(),
    });
    this.legend = createLegend(byId('tier-legend'), (hidden) => app.choice.set({ 'map.tiers': [...hidden].join(',') }));
    this.element = byId('map-chart');
    this.chart = new MapChart(this.element);
    new Gestures(this.chart.over, this.gestures());
    this.element.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.key(event));
    app.map.watch(() => this.update());
    app.live.watch(() => this.followMark());
    app.choice.watch(CHOSEN, () => this.update());
    app.pointer.watch((pointer) => this.follow(pointer));
    isDark.watch(() => this.update());
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  /** What the pointer does on the plot. @returns {import('./gestures.js').Handler} */
  gestures() {
    const at = (/** @type {number} */ part) => this.range()[0] + (this.range()[1] - this.range()[0]) * part;
    const scale = (/** @type {number} */ factor, /** @type {number} */ part) => this.zoom(...zoomed(...this.range(), part, factor));
    return {
      zoomTime: scale,
      zoomPrice: (factor) => scale(factor, 0.5),
      pan: (by) => this.zoom(at(by), at(1 + by)),
      box: (left, _bottom, right) => this.zoom(at(left), at(right)),
      hover: (x) => this.pointAt(Math.exp(at(x)), false),
      leave: () => this.pointAt(null, false),
      click() {},
      settle() {},
      reset: () => this.reset(),
    };
  }

  /** The shown range as positions. @returns {[number, number]} */
  range() {
    return this.drawing?.range ?? [0, 1];
  }

  /** The newest mark of what is shown. */
  mark() {
    return liveNow(this.app)?.markPrice ?? this.app.map.value?.markPrice ?? NaN;
  }

  /** @param {boolean} isShown */
  setShown(isShown) {
    this.isShown = isShown;
    if (isShown) this.update();
  }

  resize() {
    if (this.isShown) this.update();
  }

  update() {
    if (!this.isShown) return;
    const map = this.app.map.value;
    const isEmpty = !map || !map.buckets.length || !(map.markPrice > 0);
    byId('map-empty').hidden = !isEmpty;
    this.element.hidden = isEmpty;
    if (isEmpty) {
      say(byId('map-empty'), map ? 'No open positions on the map at that time.' : 'No map to show yet.');
      this.drawing = null;
      byId('map-readout').hidden = true;
      return;
    }
    this.chart.fit();
    const mark = this.mark();
    if (!(Math.abs(Math.log(mark / this.centre)) < DRIFT)) this.centre = mark;
    this.drawing = this.drawn(map);
    this.chart.set(this.drawing, mark);
    this.legend(this.drawing.layers, this.hidden(), map.buckets[0]?.members ? 'Member' : 'Leverage');
    this.controls.show(this.drawing, this.app.choice, mark);
    this.readOut();
  }

  /** @param {import('./app.js').MapAnswer} map */
  drawn(map) {
    const choice = this.app.choice;
    const range = rangeOf(choice, map, this.centre);
    const k = this.group(map, range);
    const hidden = this.hidden();
    const made = JSON.stringify([k, [...hidden], isDark.value]);
    const shows = new Set(PARTS.filter((key) => !(choice.get('map.hide') ?? '').split(',').includes(key)));
    if (this.drawing && this.madeFrom === map && this.madeOf === made) return { ...this.drawing, range, shows };
    const layers = layersOf(map, isDark.value);
    this.madeFrom = map;
    this.madeOf = made;
    return { map, layers, bars: barsOf(map, k, layers, hidden), range, k, isFiltered: hidden.size > 0, shows };
  }

  hidden() {
    return new Set((this.app.choice.get('map.tiers') ?? '').split(',').filter(Boolean));
  }

  /**
   * @param {import('./app.js').MapAnswer} map
   * @param {[number, number]} range
   * @returns {number} buckets in a bar
   */
  group(map, range) {
    const chosen = this.app.choice.number('map.group');
    if (chosen !== null && chosen >= 1) return Math.min(1000, Math.round(chosen));
    const pixels = (this.chart.width * Math.log1p(map.assumptions.resolutionBps / 1e4)) / (range[1] - range[0]);
    return GROUPS.find((k) => k * pixels >= BAR) ?? 200;
  }

  /** Mark moves between two maps. */
  followMark() {
    if (!this.isShown || !this.drawing) return;
    const mark = this.mark();
    if (mark === this.chart.mark) return;
    if (Math.abs(Math.log(mark / this.centre)) >= DRIFT) this.update();
    else {
      this.chart.mark = mark;
      this.chart.redraw();
    }
  }

  /**
   * Reads out the bar at a price.
   * @param {number | null} at
   * @param {boolean} isKey whether a key asked, so that a screen reader has to say it
   */
  point(at, isKey) {
    const drawing = this.drawing;
    const found = drawing && at !== null ? barAt(drawing.bars, at, drawing.map.markPrice) : -1;
    this.bar = found < 0 ? null : found;
    this.at = at;
    this.app.pointer.set(at === null ? null : { price: at, time: null });
    this.readOut();
    const bar = this.bar === null ? null : drawing?.bars[this.bar];
    if (isKey && bar && drawing) {
      this.app.announce(`${price(bar.low)} to ${price(bar.high)}: ${money(bar.notional)} ${bar.side}s. ${toPrice(bar, drawing, this.mark(), this.at)}`);
    }
  }

  /**
   * Reads out the price that the pointer has in the heatmap.
   * @param {{price: number | null, time: number | null} | null} pointer
   */
  follow(pointer) {
    if (!this.isShown || !this.drawing || (pointer !== null && pointer.time === null)) return;
    const at = pointer?.price ?? null;
    const found = at === null ? -1 : barAt(this.drawing.bars, at, this.drawing.map.markPrice);
    this.bar = found < 0 ? null : found;
    this.at = at;
    this.chart.point(at === null ? null : Math.log(at));
    this.readOut();
  }

  readOut() {
    const drawing = this.drawing;
    const bar = this.bar === null ? null : drawing?.bars[this.bar] ?? null;
    const box = byId('map-readout');
    if (!drawing) return;
    say(byId('to-price'), toPrice(bar, drawing, this.mark(), this.at));
    box.hidden = !bar;
    if (!bar) return;
    box.replaceChildren(...readoutOf(bar, drawing));
    Object.assign(box.dataset, { low: bar.low, high: bar.high, notional: bar.notional, side: bar.side, sum: bar.sum, reach: bar.reach });
    const x = this.chart.chart.valToPos((Math.log(bar.low) + Math.log(bar.high)) / 2, 'x');
    box.hidden = x < 0 || x > this.chart.width;
    const isLeft = x < this.chart.width / 2;
    box.classList.toggle('right', isLeft);
  }

  /**
   * @param {number} low position
   * @param {number} high
   */
  zoom(low, high) {
    const width = Math.min(Math.max(high - low, 0.002), 8);
    const middle = (low + high) / 2;
    const digits = (/** @type {number} */ position) => Math.exp(position).toPrecision(7);
    this.app.choice.set({ 'map.low': digits(middle - width / 2), 'map.high': digits(middle + width / 2), 'map.range': null }, false);
  }

  /** Shows the surroundings of mark. */
  reset() {
    this.centre = this.mark();
    this.app.choice.set({ 'map.low': null, 'map.high': null, 'map.range': null });
    this.update();
  }

  toggleFull() {
    const isFull = this.app.choice.get('map.range') === 'full' && this.app.choice.get('map.low') === null;
    this.app.choice.set({ 'map.low': null, 'map.high': null, 'map.range': isFull ? null : 'full' });
  }

  /** @param {string} key of PARTS */
  togglePart(key) {
    const hidden = new Set((this.app.choice.get('map.hide') ?? '').split(',').filter(Boolean));
    if (!hidden.delete(key)) hidden.add(key);
    this.app.choice.set({ 'map.hide': [...hidden].join(',') });
  }

  /**
   * What keys do while the chart has the focus.
   * @param {KeyboardEvent} event
   */
  key(event) {
    if (!this.drawing || event.ctrlKey || event.metaKey || event.altKey) return;
    const [low, high] = this.drawing.range;
    const quarter = (high - low) / 4;
    const closer = () => this.zoom(...zoomed(low, high, 0.5, 0.8));
    const wider = () => this.zoom(...zoomed(low, high, 0.5, 1.25));
    const by = event.shiftKey ? 10 : 1;
    const acts = /** @type {Record<string, () => void>} */ ({
      ArrowRight: () => this.move(by),
      ArrowLeft: () => this.move(-by),
      PageUp: () => this.zoom(low + quarter, high + quarter),
      PageDown: () => this.zoom(low - quarter, high - quarter),
      Home: () => this.pointAt(this.mark()),
      Escape: () => this.pointAt(null),
      0: () => this.reset(),
      ArrowUp: closer,
      '+': closer,
      '=': closer,
      ArrowDown: wider,
      '-': wider,
    });
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  /** @param {number} by bars */
  move(by) {
    const bars = this.drawing?.bars ?? [];
    if (!bars.length) return;
    const first = bars.findIndex((bar) => bar.high > this.mark());
    const from = this.bar ?? (by > 0 ? first - 1 : first);
    const bar = bars[Math.min(bars.length - 1, Math.max(0, from + by))];
    if (!bar) return;
    const middle = (Math.log(bar.low) + Math.log(bar.high)) / 2;
    const [low, high] = this.range();
    if (middle < low || middle > high) this.zoom(middle - (high - low) / 2, middle + (high - low) / 2);
    this.pointAt(Math.exp(middle));
  }

  /**
   * Moves the cursor.
   * @param {number | null} at
   * @param {boolean} isKey
   */
  pointAt(at, isKey = true) {
    this.chart.point(at === null ? null : Math.log(at));
    this.point(at, isKey);
  }
}
