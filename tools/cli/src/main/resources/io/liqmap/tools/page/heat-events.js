// @ts-check
/** @import { Api } from './api.js' */
/** @import { Marker } from './markers.js' */
import { markersOf } from './markers.js';

const LIMIT = 2000;
/** How many columns of a marker the time that is seen has. */
const COLUMNS = 160;

/** Gets the largest sweeps and reported liquidations of the time that is seen. */
export class HeatEvents {
  /** @param {Api} api @param {() => void} onChange */
  constructor(api, onChange) {
    this.api = api;
    this.onChange = onChange;
    /** @type {{sweeps: Marker[], liquidations: Marker[]}} */
    this.markers = { sweeps: [], liquidations: [] };
    this.key = '';
  }

  /**
   * @param {string | null} instrument
   * @param {number} from ms
   * @param {number} to
   * @param {number} every ms a column of the heat
   * @param {number} version asked again when it changes
   */
  async ask(instrument, from, to, every, version) {
    const key = `${instrument} ${from} ${to} ${version}`;
    if (key === this.key) return;
    this.key = key;
    const width = Math.max(1, Math.round((to - from) / COLUMNS / every)) * every;
    const get = async (/** @type {'sweeps' | 'liquidations'} */ name, /** @type {string} */ kinds) => {
      const answer = await this.api.get(`heat-${name}`, '/api/events', { instrument, from: Math.floor(from), to: Math.ceil(to), kinds, limit: LIMIT });
      if (answer && key === this.key) this.markers[name] = markersOf(answer.events, width);
    };
    try {
      await Promise.all([get('sweeps', 'sweep'), get('liquidations', 'liquidation')]);
    } catch {
      // The heat is of use without them, and says what is wrong.
      this.key = '';
    }
    this.onChange();
  }

  clear() {
    this.markers = { sweeps: [], liquidations: [] };
    this.key = '';
  }

  /** Notional of the largest marker, from which the size of all follows. */
  get largest() {
    return Math.max(1, ...Object.values(this.markers).flatMap((markers) => markers.map(({ notional }) => notional)));
  }
}
