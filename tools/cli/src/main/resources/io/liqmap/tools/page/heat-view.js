// @ts-check
/** @import { App, View } from './app.js' */
/** @import { Handler } from './gestures.js' */
/** @import { HeatData } from './heat-data.js' */
/** @import { Frame } from './heat-frame.js' */
/** @import { Palette } from './palette.js' */
/** @import { Row } from './profile.js' */
import { drawCandles } from './candles.js';
import { make, say } from './dom.js';
import { percent, price } from './format.js';
import { Gestures } from './gestures.js';
import { HeatControls } from './heat-controls.js';
import { HeatCursor } from './heat-cursor.js';
import { HeatEvents } from './heat-events.js';
import { arrowKeys } from './heat-keys.js';
import { HeatPlot } from './heat-plot.js';
import { HeatSource } from './heat-source.js';
import { Intensity } from './intensity.js';
import { Legend } from './legend.js';
import { drawMarkers, markerAt } from './markers.js';
import { loadPalettes } from './palette.js';
import { Profile, drawLevels, heaviest, rowsOf } from './profile.js';
import { Readout, spoken } from './readout.js';
import { colour, isDark } from './theme.js';

/** How much of the time shown lies beyond now. */
const BEYOND = 0.06;
/** CSS pixels of a row where the height of a cell is chosen by the page. */
const ROW = 2;
/** CSS pixels of the narrowest column: lengths of columns are few, and the next one may be four times as long. */
const COLUMN = 0.6;
const POLL = 700;
const LIVE = 1000;
const RETRY = 2000;

/** The heatmap: time × price. */
class HeatView {
  /** @param {HTMLElement} root @param {App} app */
  constructor(root, app) {
    this.app = app;
    this.isShown = false;
    /** @type {Palette[]} */
    this.palettes = [];
    /** Where the cursor is.
     * @type {{column: number, row: number, price: number, time: number} | null} */
    this.at = null;
    /** Where the pointer is, in shares of the plot; null where keys moved the cursor.
     * @type {{x: number, y: number} | null} */
    this.pointer = null;
    /** When new columns may be asked for again. */
    this.due = 0;
    /** @type {Row[]} */
    this.rows = [];
    this.instrument = '';
    this.isZoomKnown = false;
    this.timer = 0;

    this.controls = new HeatControls(app.choice);
    this.legend = new Legend((intensity) => this.chooseIntensity(intensity));
    this.host = make('div', { id: 'heat-plot', className: 'heat-plot', tabIndex: 0, role: 'application', 'aria-roledescription': 'heatmap', 'aria-label': 'Heatmap. Arrow keys move from cell to cell, Enter travels to the column, plus and minus zoom, Escape leaves.' });
    this.side = make('canvas', { id: 'heat-profile', className: 'heat-profile', role: 'img', 'aria-label': 'What is still on the map, by price' });
    this.sideTitle = make('div', { className: 'heat-side-title' });
    this.tag = make('div', { className: 'heat-tag', hidden: true });
    this.note = make('div', { id: 'heat-note', className: 'heat-note', role: 'status', hidden: true });
    this.noteText = make('span', {});
    this.bar = make('progress', { id: 'heat-progress', max: 1, value: 0, 'aria-label': 'Share of the history that is made' });
    this.note.append(this.noteText, this.bar);
    this.readout = new Readout();
    this.body = make('div', { className: 'heat-body' }, this.host, make('div', { className: 'heat-side' }, this.sideTitle, this.side), this.controls.reset, this.tag, make('span', { className: 'heat-utc' }, 'UTC'), this.note, this.readout.element);
    root.append(make('div', { className: 'heat-bar' }, this.legend.element, this.controls.element), this.body);

    this.plot = new HeatPlot(this.host, [
      (context, frame, data) => this.isOn('candles') && drawCandles(context, frame, data),
      (context, frame) => this.isOn('levels') && drawLevels(context, frame, heaviest(this.rows, frame.low, frame.high), this.now()),
      (context, frame) => {
        const markers = this.markers();
        context.canvas.dataset.markers = String(markers.length);
        drawMarkers(context, frame, markers, this.events.largest);
      },
      (context, frame) => this.drawTravel(context, frame),
    ]);
    this.plot.onDrawn = (frame) => this.afterDraw(frame);
    this.profile = new Profile(this.side);
    this.cursor = new HeatCursor(this.plot.over);
    this.source = new HeatSource(app.api, (data) => this.setData(data), (error) => this.fail(error));
    this.source.onBusy = () => this.body.setAttribute('aria-busy', String(this.source.isBusy));
    this.events = new HeatEvents(app.api, () => this.plot.draw());
    new Gestures(this.plot.over, this.gestures());
    new ResizeObserver(() => this.resize()).observe(this.host);
    this.host.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => arrowKeys(e, this));
    this.host.addEventListener('blur', () => this.leave());
    this.watch();
    loadPalettes().then(
      (palettes) => {
        this.palettes = palettes;
        this.controls.setPalettes(palettes);
        this.followColours();
      },
      (error) => this.fail(error),
    );
  }

  watch() {
    const { app } = this;
    app.choice.watch(['instrument', 'model', 'window', 'heat.group'], (changed) => this.change(changed));
    app.choice.watch(['heat.t', 'heat.p'], () => this.followZoom());
    app.choice.watch(['heat.i', 'heat.scale', 'heat.palette'], () => this.followColours());
    app.choice.watch(['heat.group', 'heat.palette', 'heat.hide', 'heat.t', 'heat.p'], () => this.controls.follow());
    app.choice.watch(['heat.hide'], () => {
      this.plot.isHeatShown = this.isOn('heat');
      this.plot.draw();
    });
    this.plot.isHeatShown = this.isOn('heat');
    app.session.watch((session) => session && this.setSession());
    app.map.watch((map) => map && this.setMap());
    app.live.watch((live) => live && this.setLive());
    app.pointer.watch((pointer) => {
      if (!this.at) this.showPointer(pointer);
    });
    isDark.watch(() => this.setTheme());
  }

  /** @param {string} layer */
  isOn(layer) {
    return !this.controls.hidden().has(layer);
  }

  markers() {
    const { liquidations, sweeps } = this.events.markers;
    return [...(this.isOn('liquidations') ? liquidations : []), ...(this.isOn('sweeps') ? sweeps : [])];
  }

  setTheme() {
    const { colours } = this.plot;
    colours.text = colour('--muted');
    colours.line = colour('--line');
    this.profile.text = colour('--text');
    this.profile.muted = colours.text;
    this.profile.line = colours.line;
    this.plot.draw();
  }

  /** @param {boolean} isShown */
  setShown(isShown) {
    const isNew = isShown && !this.isShown;
    this.isShown = isShown;
    if (isNew) {
      this.plot.resize();
      this.ask();
    }
  }

  resize() {
    if (!this.isShown) return;
    this.plot.resize();
    this.source.later(() => this.ask());
  }

  /** What is asked for; the first instrument where none is chosen. */
  wanted() {
    const { choice, session } = this.app;
    return {
      instrument: choice.get('instrument') ?? session.value?.instruments[0]?.name ?? null,
      model: choice.get('model'),
      window: choice.get('window'),
      group: choice.number('heat.group') ?? 0,
    };
  }

  /** Asks for the cells of what is seen, if they aren't there. */
  ask() {
    if (!this.isShown || !this.app.session.value) return;
    const { viewport } = this.plot;
    const { clientWidth, clientHeight } = this.plot.over;
    if (clientWidth < 20 || clientHeight < 20) return;
    const wanted = this.wanted();
    this.instrument = wanted.instrument ?? '';
    this.source.ask(wanted, viewport.range, viewport, { columns: clientWidth / COLUMN, rows: clientHeight / ROW }, this.plot.data);
  }

  setSession() {
    const { session } = this.app;
    if (!session.value) return;
    const { first, last } = session.value;
    const { viewport } = this.plot;
    const from = Date.parse(first?.time);
    const to = Math.max(Date.parse(last?.time), this.app.live.value ? Date.parse(this.app.live.value.time) : 0);
    if (!(to > from)) return;
    viewport.setWhole({ ...viewport.whole, from, to: to + (to - from) * BEYOND });
    // Later sessions, of a journal that is being read, leave alone what is zoomed meanwhile.
    if (!this.isZoomKnown) this.followZoom();
    this.isZoomKnown = true;
    this.ask();
  }

  /** @param {string[]} changed */
  change(changed) {
    if (changed.includes('instrument') && this.instrument && this.wanted().instrument !== this.instrument) {
      this.plot.setData(null);
      this.events.clear();
      this.rows = [];
      this.leave();
      this.app.choice.set({ 'heat.p': null }, false);
    }
    this.ask();
  }

  /** @param {HeatData} data */
  setData(data) {
    const { viewport } = this.plot;
    this.plot.setData(data);
    // Before there are prices, the server's rows are about none.
    const hasPrices = data.close.some((close) => close > 0) || data.mark.some((mark) => mark > 0);
    const mark = this.mark();
    const isKnown = viewport.whole.high !== 2;
    if (hasPrices && (this.source.asked?.price.low === null || !isKnown)) viewport.setWhole({ ...viewport.whole, low: data.lowest, high: data.highest });
    else if (mark && !isKnown) viewport.setWhole({ ...viewport.whole, low: mark * 0.75, high: mark * 1.25 });
    this.pointAgain();
    this.controls.setGroup(this.wanted().group, data.group);
    this.setMap();
    this.settle();
    if (data.done < 1) this.say(`The history is being made: ${percent(data.done, 0)}`, data.done);
    else this.say(data.columns && data.rows ? '' : 'The journal has nothing of this time and these prices.', null);
    clearTimeout(this.timer);
    if (data.done < 1) this.timer = window.setTimeout(() => this.refresh(), POLL);
  }

  /** @param {any} error */
  fail(error) {
    this.say(error.message, error.progress ?? null);
    clearTimeout(this.timer);
    if (error.status === 503 || error.status === 0 || error.status === 429) this.timer = window.setTimeout(() => this.ask(), RETRY);
  }

  refresh() {
    if (this.isShown) this.source.refresh(this.wanted());
  }

  /** @param {string} text empty for nothing to say @param {number | null} progress */
  say(text, progress) {
    this.note.hidden = !text;
    say(this.noteText, text);
    this.bar.hidden = progress === null;
    this.bar.value = progress ?? 0;
  }

  /** There is a map of now, or of the time travelled to. */
  setMap() {
    const map = this.app.map.value;
    const { data } = this.plot;
    if (!map || !data?.rows) return;
    this.rows = rowsOf(map.buckets, data.lowest, data.ratio);
    this.profile.rows = this.rows;
    this.sayTitle();
    this.plot.draw();
  }

  sayTitle() {
    say(this.sideTitle, this.profile.compared ? 'line: at the pointer' : this.app.choice.get('at') ? 'on the map then' : 'still on the map');
  }

  /** Time of the map beside the plot, ms. */
  now() {
    const map = this.app.map.value;
    return map ? Date.parse(map.time) : this.plot.data?.to ?? 0;
  }

  setLive() {
    const { data, viewport } = this.plot;
    const live = this.app.live.value;
    if (!live || !data) return;
    const now = Date.parse(live.time);
    const { whole, range } = viewport;
    const end = this.source.asked?.time.high ?? Infinity;
    if (Math.min(now, end) < data.to + data.every || performance.now() < this.due) return;
    this.due = performance.now() + LIVE;
    const beyond = now + (now - whole.from) * (BEYOND / (1 + BEYOND));
    if (beyond > whole.to) {
      // A view of now stays at now.
      const isFollowing = !viewport.isTimeWhole && range.to >= data.to && range.from < data.to;
      viewport.setWhole({ ...whole, to: beyond });
      if (isFollowing) {
        viewport.show({ from: range.from + (now - data.to), to: range.to + (now - data.to) });
        this.source.later(() => this.settle());
      }
    }
    this.refresh();
  }

  followZoom() {
    const { choice } = this.app;
    const { viewport } = this.plot;
    const link = viewport.link();
    if (link.time === choice.get('heat.t') && link.price === choice.get('heat.p')) return;
    viewport.follow(choice.get('heat.t'), choice.get('heat.p'));
    this.source.later(() => this.settle());
  }

  /** After zoom and pan: cells, events, colours, and the link. */
  settle() {
    const { viewport, data } = this.plot;
    const link = viewport.link();
    this.app.choice.set({ 'heat.t': link.time, 'heat.p': link.price }, false);
    this.ask();
    const { range } = viewport;
    const wanted = this.wanted();
    if (this.isShown && data) {
      this.events.ask(wanted.instrument, range.from, range.to, data.every, Math.floor(data.done * 10));
      this.legend.setAmounts(data.amounts(range), this.unit());
      this.setColours();
    }
  }

  /** @param {Intensity | null} intensity null: by what is seen */
  chooseIntensity(intensity) {
    const { scale } = this.legend.intensity;
    this.app.choice.set({ 'heat.i': intensity ? intensity.toString() : null, 'heat.scale': scale === 'log' ? null : scale }, false);
    this.setColours();
  }

  followColours() {
    const { choice } = this.app;
    const scale = choice.get('heat.scale') === 'linear' ? 'linear' : 'log';
    const chosen = Intensity.parse(choice.get('heat.i'), scale);
    const { intensity, isAuto } = this.legend;
    if (isAuto !== !chosen || intensity.scale !== scale || (chosen && chosen.toString() !== intensity.toString())) this.legend.follow(chosen, scale);
    this.setColours();
  }

  setColours() {
    const name = this.app.choice.get('heat.palette');
    const palette = this.palettes.find((p) => p.name === name) ?? this.palettes[0];
    if (!palette) return;
    if (palette !== this.legend.palette) this.legend.setPalette(palette);
    this.plot.setColours(palette, this.legend.intensity);
  }

  unit() {
    return this.app.map.value?.units.notional ?? this.app.session.value?.instruments.find(({ name }) => name === this.instrument)?.quote ?? '';
  }

  /** @returns {Handler} */
  gestures() {
    const { viewport } = this.plot;
    return {
      zoomTime: (factor, at) => viewport.zoomTime(factor, at),
      zoomPrice: (factor, at) => viewport.zoomPrice(factor, at),
      pan: (time, priceShare, isLevel) => viewport.pan(time, isLevel && viewport.isPriceWhole ? 0 : priceShare),
      box: (left, bottom, right, top) => {
        const { from, to, low, high } = viewport.range;
        const ratio = high / low;
        if (right - left > 0.01 && top - bottom > 0.01) viewport.show({ from: from + (to - from) * left, to: from + (to - from) * right, low: low * ratio ** bottom, high: low * ratio ** top });
      },
      hover: (x, y) => this.hover(x, y),
      leave: () => this.leave(),
      click: (x, y) => {
        this.hover(x, y);
        this.travel();
      },
      reset: () => this.reset(),
      settle: () => this.source.later(() => {
        this.settle();
        this.pointAgain();
      }),
    };
  }

  reset() {
    this.plot.viewport.reset();
    this.settle();
  }

  /** @param {number} x share of the plot, from the left @param {number} y from below */
  hover(x, y) {
    this.pointer = { x, y };
    const { data } = this.plot;
    const { from, to, low, high } = this.plot.viewport.range;
    const time = from + (to - from) * x;
    const at = low * (high / low) ** y;
    const column = data?.columnAt(time) ?? -1;
    this.point(column, data?.rowAt(at) ?? -1, at, time);
  }

  /** After a change of what is under the cursor. */
  pointAgain() {
    const { at, pointer } = this;
    const { data } = this.plot;
    if (pointer) this.hover(pointer.x, pointer.y);
    else if (at && data) this.point(data.columnAt(at.time), data.rowAt(at.price), at.price, at.time);
  }

  /**
   * Puts the cursor on a cell.
   * @param {number} column
   * @param {number} row
   * @param {number} at price
   * @param {number} time ms
   * @param {boolean} [isSpoken]
   */
  point(column, row, at, time, isSpoken = false) {
    const { data } = this.plot;
    const frame = this.plot.frame();
    this.at = { column, row, price: at, time };
    if (isSpoken) this.pointer = null;
    this.cursor.show(frame, data, { column, row, price: at, time });
    this.app.pointer.set({ price: at, time });
    const hasCell = !!data && column >= 0 && row >= 0;
    this.compare(hasCell ? { data, column } : null);
    if (!hasCell) {
      this.readout.hide();
      return;
    }
    const x = frame.x(time);
    const y = frame.y(at);
    const place = { data, column, row, price: at, marker: markerAt(this.markers(), frame, this.events.largest, x, y), unit: this.unit() };
    this.readout.show(place, { x: x / frame.ratio, y: y / frame.ratio, width: this.host.clientWidth, height: this.body.clientHeight });
    if (isSpoken) this.app.announce(spoken(place));
  }

  /** @param {{price: number | null, time: number | null} | null} pointer of another view */
  showPointer(pointer) {
    if (pointer) this.cursor.show(this.plot.frame(), null, { column: -1, row: -1, ...pointer });
    else this.cursor.hide();
  }

  leave() {
    if (!this.at) return;
    this.at = null;
    this.pointer = null;
    this.cursor.hide();
    this.readout.hide();
    this.app.pointer.set(null);
    this.compare(null);
  }

  /** @param {Profile['compared']} column that the profile is compared with */
  compare(column) {
    this.profile.compared = column;
    this.profile.draw(this.plot.frame());
    this.sayTitle();
  }

  /** Shows the map as of the end of the column under the cursor. */
  travel() {
    const { data } = this.plot;
    if (data && this.at && this.at.column >= 0) this.app.travel(new Date(data.time[this.at.column]).toISOString());
  }

  /** @param {CanvasRenderingContext2D} context @param {Frame} frame */
  drawTravel(context, frame) {
    const x = Math.round(frame.x(this.now()));
    const { ratio } = frame;
    const mark = this.mark();
    context.fillStyle = '#fff';
    for (let dot = Math.max(x, frame.left); mark && dot < frame.left + frame.width; dot += 4 * ratio) context.fillRect(dot, Math.round(frame.y(mark)), 2 * ratio, ratio);
    if (!this.app.choice.get('at')) return;
    context.fillRect(x, frame.top, ratio, frame.height);
    context.fillRect(x - 4 * ratio, frame.top, 9 * ratio, 3 * ratio);
  }

  /** Mark price of the map beside the plot. */
  mark() {
    const { choice, live, map } = this.app;
    return (choice.get('at') ? null : live.value?.markPrice) ?? map.value?.markPrice;
  }

  /** @param {Frame} frame */
  afterDraw(frame) {
    this.profile.draw(frame);
    if (this.at) this.cursor.show(frame, this.plot.data, this.at);
    const mark = this.mark();
    this.tag.hidden = !mark || mark < frame.low || mark > frame.high;
    if (mark && !this.tag.hidden) {
      say(this.tag, price(mark));
      this.tag.style.transform = `translate(${(frame.left + frame.width) / frame.ratio}px, ${frame.y(mark) / frame.ratio}px) translateY(-50%)`;
    }
  }
}

/**
 * The heatmap: time × price.
 * @param {HTMLElement} root the section that it draws into
 * @param {App} app
 * @returns {View}
 */
export function createHeatView(root, app) {
  const view = new HeatView(root, app);
  return {
    resize: () => view.resize(),
    setShown: (isShown) => view.setShown(isShown),
    keys: {
      h: { does: 'Hide or show the heat', run: () => view.controls.toggle('heat') },
      i: { does: 'Set the colours by the cells that are seen', run: () => view.legend.setAuto() },
      0: { does: 'Show all of the time and prices', run: () => view.reset() },
    },
  };
}
