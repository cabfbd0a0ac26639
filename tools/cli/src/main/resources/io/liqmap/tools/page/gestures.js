// @ts-check
const CLICK = 4;
const DOUBLE = 230;

/**
 * What a mouse, a pen and fingers do on a plot: wheel zooms in time, with Shift in price, a drag pans, with Alt it
 * draws a box to zoom into, two fingers pinch, a double click resets.
 *
 * @typedef {{zoomTime: (factor: number, at: number) => void, zoomPrice: (factor: number, at: number) => void,
 *   pan: (time: number, price: number, isLevel: boolean) => void, box: (left: number, bottom: number, right: number, top: number) => void,
 *   hover: (x: number, y: number) => void, leave: () => void, click: (x: number, y: number) => void,
 *   reset: () => void, settle: () => void}} Handler places are shares of the plot: from the left, from below;
 *   `isLevel`: the drag began to the side; `settle` comes when a drag ends
 */
export class Gestures {
  /** @param {HTMLElement} plot @param {Handler} handler */
  constructor(plot, handler) {
    this.plot = plot;
    this.handler = handler;
    /** @type {Map<number, {x: number, y: number}>} */
    this.pointers = new Map();
    /** @type {{x: number, y: number, isBox: boolean, isMoved: boolean, isLevel: boolean} | null} */
    this.drag = null;
    this.click = 0;
    this.frame = document.createElement('div');
    this.frame.className = 'heat-box';
    this.frame.hidden = true;
    plot.append(this.frame);
    plot.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
    plot.addEventListener('pointerdown', (e) => this.down(e));
    plot.addEventListener('pointermove', (e) => this.move(e));
    plot.addEventListener('pointerup', (e) => this.up(e));
    plot.addEventListener('pointercancel', (e) => this.up(e));
    plot.addEventListener('pointerleave', () => this.drag || handler.leave());
    plot.addEventListener('dblclick', () => {
      clearTimeout(this.click);
      handler.reset();
    });
  }

  /** @param {{clientX: number, clientY: number}} e @returns {{x: number, y: number}} shares of the plot, from the left and from below */
  place(e) {
    const box = this.plot.getBoundingClientRect();
    return { x: (e.clientX - box.left) / box.width, y: 1 - (e.clientY - box.top) / box.height };
  }

  /** @param {WheelEvent} e */
  wheel(e) {
    e.preventDefault();
    const { x, y } = this.place(e);
    const unit = e.deltaMode === 1 ? 30 : e.deltaMode === 2 ? 300 : 1;
    // Browsers turn a wheel with Shift to the side.
    const turn = (e.shiftKey ? e.deltaY || e.deltaX : e.deltaY) * unit;
    const factor = Math.exp(Math.max(-1, Math.min(1, turn * (e.ctrlKey ? 0.01 : 0.0018))));
    if (e.shiftKey) this.handler.zoomPrice(factor, y);
    else if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) this.handler.pan((e.deltaX * unit) / this.plot.clientWidth, 0, true);
    else this.handler.zoomTime(factor, x);
    this.handler.settle();
  }

  /** @param {PointerEvent} e */
  down(e) {
    if (e.button !== 0) return;
    this.plot.setPointerCapture(e.pointerId);
    const at = this.place(e);
    this.pointers.set(e.pointerId, at);
    this.drag = { ...at, isBox: e.altKey, isMoved: this.pointers.size > 1, isLevel: false };
  }

  /** @param {PointerEvent} e */
  move(e) {
    const at = this.place(e);
    const before = this.pointers.get(e.pointerId);
    const drag = this.drag;
    if (!before || !drag) {
      if (e.pointerType !== 'touch') this.handler.hover(at.x, at.y);
      return;
    }
    if (!drag.isMoved) {
      const across = Math.abs(at.x - drag.x) * this.plot.clientWidth;
      const up = Math.abs(at.y - drag.y) * this.plot.clientHeight;
      if (Math.max(across, up) < CLICK) return;
      drag.isMoved = true;
      drag.isLevel = across > up;
    }
    if (drag.isBox) {
      this.drawBox(drag, at);
      return;
    }
    if (this.pointers.size === 2) this.pinch(e.pointerId, before, at);
    else this.handler.pan(before.x - at.x, before.y - at.y, drag.isLevel);
    this.pointers.set(e.pointerId, at);
    if (e.pointerType !== 'touch') this.handler.hover(at.x, at.y);
  }

  /** @param {number} moving @param {{x: number, y: number}} before @param {{x: number, y: number}} at */
  pinch(moving, before, at) {
    for (const [id, other] of this.pointers) {
      if (id === moving) continue;
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      const is = Math.hypot(at.x - other.x, at.y - other.y);
      if (was > 0.02 && is > 0.02) this.handler.zoomTime(was / is, other.x);
    }
  }

  /** @param {PointerEvent} e */
  up(e) {
    const drag = this.drag;
    this.pointers.delete(e.pointerId);
    if (!drag || this.pointers.size) return;
    this.drag = null;
    this.frame.hidden = true;
    const at = this.place(e);
    if (!drag.isMoved) {
      if (e.type !== 'pointerup') return;
      if (e.pointerType === 'touch') this.handler.hover(at.x, at.y);
      // A second click makes it a double click.
      clearTimeout(this.click);
      this.click = window.setTimeout(() => this.handler.click(at.x, at.y), DOUBLE);
    } else if (drag.isBox) {
      this.handler.box(Math.min(drag.x, at.x), Math.min(drag.y, at.y), Math.max(drag.x, at.x), Math.max(drag.y, at.y));
    }
    this.handler.settle();
  }

  /** @param {{x: number, y: number}} a @param {{x: number, y: number}} b */
  drawBox(a, b) {
    const { style } = this.frame;
    this.frame.hidden = false;
    style.left = `${Math.min(a.x, b.x) * 100}%`;
    style.bottom = `${Math.min(a.y, b.y) * 100}%`;
    style.width = `${Math.abs(a.x - b.x) * 100}%`;
    style.height = `${Math.abs(a.y - b.y) * 100}%`;
  }
}
