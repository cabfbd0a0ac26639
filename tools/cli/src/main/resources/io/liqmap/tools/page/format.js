// @ts-check
/** How figures are written: money, prices, times (always UTC), distances. */

const UNITS = /** @type {[number, string][]} */ ([[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'k']]);

/**
 * @param {number | null | undefined} amount in quote units
 * @returns {string} three or four digits with a unit: `12.3 M`
 */
export function money(amount) {
  if (amount === null || amount === undefined || !Number.isFinite(amount)) return '–';
  const size = Math.abs(amount);
  for (const [unit, name] of UNITS) {
    if (size >= unit * 0.9995) return `${significant(amount / unit)} ${name}`;
  }
  return size === 0 ? '0' : significant(amount);
}

/** @param {number} value */
function significant(value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}

/**
 * @param {number | null | undefined} value
 * @returns {string} with as many decimals as the size of a price needs (six digits or so) and thousands
 */
export function price(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const decimals = value > 0 ? Math.min(10, Math.max(0, 5 - Math.floor(Math.log10(value)))) : 0;
  return number(value, decimals);
}

/**
 * @param {number} value
 * @param {number} decimals
 */
export function number(value, decimals) {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/**
 * @param {number | null | undefined} share 0 to 1
 * @param {number} [decimals]
 */
export function percent(share, decimals = 1) {
  return share === null || share === undefined ? '–' : `${number(share * 100, decimals)} %`;
}

/**
 * @param {number | null | undefined} bps
 * @returns {string} `471 bp`
 */
export function distance(bps) {
  return bps === null || bps === undefined ? '–' : `${number(bps, Math.abs(bps) < 10 ? 1 : 0)} bp`;
}

/**
 * @param {string | number | null | undefined} moment ISO-8601 or ms since 1970
 * @param {boolean} [hasSeconds]
 * @returns {string} `2024-08-05 12:00:00`, UTC
 */
export function time(moment, hasSeconds = true) {
  if (moment === null || moment === undefined) return '–';
  const ms = typeof moment === 'number' ? moment : Date.parse(moment);
  if (!Number.isFinite(ms)) return '–';
  return new Date(ms).toISOString().slice(0, hasSeconds ? 19 : 16).replace('T', ' ');
}

/**
 * @param {number} seconds
 * @returns {string} `0.4 s`, `12 s`, `3 min`, `5 h`, `12 d`
 */
export function duration(seconds) {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  if (seconds < 7200) return `${(seconds / 60).toFixed(0)} min`;
  if (seconds < 172800) return `${(seconds / 3600).toFixed(0)} h`;
  return `${(seconds / 86400).toFixed(0)} d`;
}
