// @ts-check
/**
 * Wheel, drag and pinch on the chart of the map.
 * @param {HTMLElement} over the plot
 * @param {() => [number, number]} range what is shown, as positions
 * @param {(low: number, high: number) => void} show shows another range
 * @param {() => void} reset shows the first range again
 */
export function zoomWith(over, range, show, reset) {
  over.addEventListener('wheel', (event) => {
    event.preventDefault();
    const [low, high] = range();
    const isPan = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isPan) {
      const by = ((event.deltaX || event.deltaY) / over.clientWidth) * (high - low);
      show(low + by, high + by);
      return;
    }
    const part = (event.clientX - over.getBoundingClientRect().left) / over.clientWidth;
    const [from, to] = zoomed(low, high, part, Math.exp(event.deltaY * 0.0015));
    show(from, to);
  }, { passive: false });
  over.addEventListener('dblclick', reset);
  panWith(over, range, show);
  pinchWith(over, range, show);
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} part what keeps its place, 0 to 1 of the width
 * @param {number} factor of the width
 * @returns {[number, number]}
 */
export function zoomed(low, high, part, factor) {
  const fixed = low + (high - low) * part;
  return [fixed - (fixed - low) * factor, fixed + (high - fixed) * factor];
}

/**
 * Shift and drag moves the prices; without shift uPlot selects a range.
 * @param {HTMLElement} over
 * @param {() => [number, number]} range
 * @param {(low: number, high: number) => void} show
 */
function panWith(over, range, show) {
  over.addEventListener('mousedown', (event) => {
    if (!event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const [low, high] = range();
    const start = event.clientX;
    const move = (/** @type {MouseEvent} */ moved) => {
      const by = ((start - moved.clientX) / over.clientWidth) * (high - low);
      show(low + by, high + by);
    };
    addEventListener('mousemove', move);
    addEventListener('mouseup', () => removeEventListener('mousemove', move), { once: true });
  }, true);
}

/**
 * @param {HTMLElement} over
 * @param {() => [number, number]} range
 * @param {(low: number, high: number) => void} show
 */
function pinchWith(over, range, show) {
  /** @type {Map<number, number>} */
  const fingers = new Map();
  const end = (/** @type {PointerEvent} */ event) => fingers.delete(event.pointerId);
  over.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') fingers.set(event.pointerId, event.clientX);
  });
  over.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    const [low, high] = range();
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, event.clientX);
    if (other === undefined) return;
    const width = Math.max(20, Math.abs(before - other));
    const part = (other - over.getBoundingClientRect().left) / over.clientWidth;
    const [from, to] = zoomed(low, high, part, width / Math.max(20, Math.abs(event.clientX - other)));
    show(from, to);
  });
  over.addEventListener('pointerup', end);
  over.addEventListener('pointercancel', end);
}
