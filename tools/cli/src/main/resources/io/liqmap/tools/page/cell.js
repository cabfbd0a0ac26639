// @ts-check
/**
 * A value that calls its listeners when it changes.
 * @template T
 */
export class Cell {
  /** @param {T} value the first value */
  constructor(value) {
    /** @type {T} */
    this.value = value;
    /** @type {Set<(value: T) => void>} */
    this.listeners = new Set();
  }

  /**
   * Replaces the value and calls all listeners, unless it is the same value.
   * @param {T} value
   */
  set(value) {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener(value);
  }

  /**
   * Calls the listener now and after each change.
   * @param {(value: T) => void} listener
   * @returns {() => void} ends the subscription
   */
  watch(listener) {
    this.listeners.add(listener);
    listener(this.value);
    return () => this.listeners.delete(listener);
  }
}
