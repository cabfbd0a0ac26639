// @ts-check
/** Scales of the map: the price axis is logarithmic, so positions are logarithms of prices. */

const STEPS = [1, 2, 2.5, 5, 10];

/**
 * Round prices for an axis, at least `gap` apart on the logarithmic axis.
 * @param {number} low position of the lower end
 * @param {number} high
 * @param {number} gap
 * @returns {number[]} positions
 */
export function priceSplits(low, high, gap) {
  const splits = [];
  let price = Math.exp(low);
  for (let guard = 0; guard < 100; guard++) {
    const step = roundUp(price * Math.expm1(gap));
    const next = Math.ceil((price / step) * (1 - 1e-12)) * step;
    const position = Math.log(next);
    if (position > high) break;
    splits.push(position);
    price = next * Math.exp(gap * 0.9);
  }
  return splits;
}

/** @param {number} value */
function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return (STEPS.find((step) => step * power >= value * 0.999) ?? 10) * power;
}

/**
 * Round distances from mark for an axis.
 * @param {number} low
 * @param {number} high
 * @param {number} mark position of mark
 * @param {number} gap
 * @returns {number[]} positions
 */
export function distanceSplits(low, high, mark, gap) {
  const step = roundUp(Math.expm1(gap));
  const splits = [];
  const first = Math.ceil(Math.expm1(low - mark) / step);
  const last = Math.floor(Math.expm1(high - mark) / step);
  let previous = -Infinity;
  for (let i = Math.max(first, Math.floor(-1 / step) + 1); i <= last; i++) {
    const position = mark + Math.log1p(i * step);
    if (position - previous < gap * 0.8 && i !== 0) continue;
    splits.push(position);
    previous = position;
  }
  return splits;
}

/**
 * The shown range of prices: what the link says, else the surroundings of mark.
 * @param {import('./state.js').Choice} choice
 * @param {import('./app.js').MapAnswer} map
 * @param {number} centre
 * @returns {[number, number]} positions
 */
export function rangeOf(choice, map, centre) {
  const low = choice.number('map.low');
  const high = choice.number('map.high');
  if (low !== null && high !== null && low > 0 && high > low) return [Math.log(low), Math.log(high)];
  const first = map.buckets[0];
  const last = map.buckets.at(-1);
  if (choice.get('map.range') === 'full' && first && last) {
    return [Math.log(Math.min(first.priceLow, map.markPrice)) - 0.01, Math.log(Math.max(last.priceHigh, map.markPrice)) + 0.01];
  }
  return [Math.log(centre) - NEAR, Math.log(centre) + NEAR];
}

/** Half of the width that is shown at first, as a difference of logarithms: some 15 %. */
const NEAR = Math.log(1.15);

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
