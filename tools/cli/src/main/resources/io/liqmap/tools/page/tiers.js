// @ts-check
/**
 * What bars are stacked by, leverage tiers or members of a group, and their colours: an even, colour-blind-safe ramp
 * (viridis, cut where it would meet the ground) for tiers, Okabe and Ito's colours for members.
 */

const RAMP = ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30', '#fde725'];
const MEMBERS = ['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#0072b2', '#d55e00', '#b3a800', '#8c8c8c'];

/** @typedef {{key: string, label: string, colour: string, share: string}} Layer */

/**
 * @param {import('./app.js').MapAnswer} map
 * @param {boolean} isDark
 * @returns {Layer[]} from the bottom of a stack: lowest leverage first
 */
export function layersOf(map, isDark) {
  if (map.buckets.some((bucket) => bucket.members)) {
    const names = [...new Set(map.buckets.flatMap((bucket) => Object.keys(bucket.members ?? {})))].sort();
    return names.map((key, i) => ({ key, label: key, colour: MEMBERS[i % MEMBERS.length] ?? '', share: '' }));
  }
  const keys = new Set(map.buckets.flatMap((bucket) => Object.keys(bucket.tiers)));
  const sorted = [...keys].sort((a, b) => parseFloat(a) - parseFloat(b) || a.localeCompare(b));
  const [from, to] = isDark ? [0.2, 1] : [0, 0.86];
  return sorted.map((key, i) => ({
    key,
    label: key === '0' ? 'unknown' : /^[\d.]+$/.test(key) ? `${key}×` : key,
    colour: ramp(from + ((to - from) * i) / Math.max(1, sorted.length - 1)),
    share: '',
  }));
}

/** @param {number} part 0 to 1 */
function ramp(part) {
  const at = part * (RAMP.length - 1);
  const i = Math.min(RAMP.length - 2, Math.floor(at));
  const [a, b] = [channels(RAMP[i] ?? ''), channels(RAMP[i + 1] ?? '')];
  return `rgb(${a.map((value, k) => Math.round(value + ((b[k] ?? 0) - value) * (at - i))).join(', ')})`;
}

/** @param {string} hex */
const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
