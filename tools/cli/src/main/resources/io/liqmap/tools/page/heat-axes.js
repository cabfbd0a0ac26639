// @ts-check

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const STEPS = [
  1000, 5000, 15_000, 60_000, 300_000, 900_000, 1_800_000, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY,
  2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 56 * DAY, 112 * DAY, 364 * DAY,
];

/** @type {Intl.NumberFormat[]} */
const formats = [];

/**
 * Times to name on an axis, UTC.
 * @param {number} from ms
 * @param {number} to ms
 * @param {number} most how many there is room for
 * @returns {number[]}
 */
export function timeSplits(from, to, most) {
  const step = STEPS.find((s) => (to - from) / s <= most) ?? STEPS[STEPS.length - 1];
  const splits = [];
  // A name at the left edge would be cut off.
  for (let t = Math.ceil((from + (to - from) * 0.015) / step) * step; t <= to; t += step) splits.push(t);
  return splits;
}

/**
 * Names times: the day under the first time of a day.
 * @param {number[]} splits ms
 * @returns {string[]}
 */
export function timeLabels(splits) {
  const step = splits.length > 1 ? splits[1] - splits[0] : HOUR;
  let before = '';
  return splits.map((t) => {
    const moment = new Date(t);
    const day = `${moment.getUTCDate()} ${MONTHS[moment.getUTCMonth()]}`;
    const under = step >= DAY ? `${moment.getUTCFullYear()}` : day;
    const isNew = under !== before;
    before = under;
    const label = step >= DAY ? day : moment.toISOString().slice(11, step < 60_000 ? 19 : 16);
    return isNew ? `${label}\n${under}` : label;
  });
}

/**
 * Prices to name on a logarithmic axis: even steps where the axis is short, 1, 2, 5, 10 … where it is long.
 * @param {number} low
 * @param {number} high
 * @param {number} most how many there is room for
 * @returns {number[]}
 */
export function priceSplits(low, high, most) {
  if (high / low > 8) {
    const splits = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (const digit of [1, 2, 5]) {
        const price = digit * Math.pow(10, power);
        if (price >= low && price <= high) splits.push(price);
      }
    }
    return splits;
  }
  const step = priceStep(low, high, most);
  const splits = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) splits.push(i * step);
  return splits;
}

/** @param {number} low @param {number} high @param {number} most */
function priceStep(low, high, most) {
  const rough = (high - low) / Math.max(1, most);
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  return power * ([1, 2, 2.5, 5].find((digit) => digit * power >= rough) ?? 10);
}

/** @param {number[]} splits @returns {string[]} with as many decimals as distinguish them */
export function priceLabels(splits) {
  const step = splits.length > 1 ? splits[1] - splits[0] : splits[0] ?? 1;
  let decimals = 0;
  while (decimals < 10 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6 * step * 10 ** decimals) decimals++;
  formats[decimals] ??= new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return splits.map(formats[decimals].format);
}
