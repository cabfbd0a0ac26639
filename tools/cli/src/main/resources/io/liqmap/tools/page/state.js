// @ts-check
/**
 * What is chosen on the page, kept in the hash of its address: a link holds all of it, back and forward work.
 * Keys in use: instrument, model, window, view, at; `map.*` the map view's, `heat.*` the heatmap's.
 */
export class Choice {
  /** @param {Window} page */
  constructor(page) {
    this.page = page;
    /** @type {Map<string, string>} */
    this.values = read(page.location.hash);
    /** @type {{keys: string[], listener: (changed: string[]) => void}[]} */
    this.watches = [];
    this.timer = 0;
    const follow = () => {
      clearTimeout(this.timer);
      this.replaceAll(read(page.location.hash));
    };
    page.addEventListener('popstate', follow);
    page.addEventListener('hashchange', follow);
  }

  /**
   * @param {string} key
   * @returns {string | null}
   */
  get(key) {
    return this.values.get(key) ?? null;
  }

  /**
   * @param {string} key
   * @returns {number | null} null where it is absent or no number
   */
  number(key) {
    const value = Number(this.values.get(key) ?? NaN);
    return Number.isFinite(value) ? value : null;
  }

  /**
   * Changes keys; null removes one.
   * @param {Record<string, string | number | null>} changes
   * @param {boolean} [isStep] whether "back" returns to what was before (false for a drag or a zoom)
   */
  set(changes, isStep = true) {
    const values = new Map(this.values);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === '') values.delete(key);
      else values.set(key, String(value));
    }
    if (!this.differs(values).length) return;
    // Browsers limit how often an address may change, so that of a zoom is written when it rests.
    clearTimeout(this.timer);
    if (isStep) this.page.history.pushState(null, '', this.address(values));
    else this.timer = this.page.setTimeout(() => this.page.history.replaceState(null, '', this.address(this.values)), 150);
    this.replaceAll(values);
  }

  /** @param {Map<string, string>} values */
  address(values) {
    return this.page.location.pathname + this.page.location.search + write(values);
  }

  /**
   * Calls the listener when one of the keys changes.
   * @param {string[]} keys
   * @param {(changed: string[]) => void} listener
   */
  watch(keys, listener) {
    this.watches.push({ keys, listener });
  }

  /** @param {Map<string, string>} values */
  replaceAll(values) {
    const changed = this.differs(values);
    this.values = values;
    for (const { keys, listener } of this.watches) {
      const mine = changed.filter((key) => keys.includes(key));
      if (mine.length) listener(mine);
    }
  }

  /**
   * @param {Map<string, string>} values
   * @returns {string[]} the keys whose values differ
   */
  differs(values) {
    const keys = new Set([...values.keys(), ...this.values.keys()]);
    return [...keys].filter((key) => values.get(key) !== this.values.get(key));
  }
}

/**
 * @param {string} hash
 * @returns {Map<string, string>}
 */
function read(hash) {
  return new Map(new URLSearchParams(hash.replace(/^#/, '')));
}

/**
 * @param {Map<string, string>} values
 * @returns {string}
 */
function write(values) {
  const parts = [...values].map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2C', ',')}`);
  return '#' + parts.join('&');
}
