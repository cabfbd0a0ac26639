// @ts-check
/**
 * What the parts of the page share, and the forms of the server's answers.
 *
 * @typedef {{name: string, label: string, kind: 'instrument' | 'group', venue?: string, quote?: string,
 *   members?: string[]}} Instrument
 * @typedef {{sequence: number, time: string}} Place
 * @typedef {{journal: string, isLive: boolean, first: Place, last: Place, progress: number,
 *   instruments: Instrument[], models: string[], windows: string[], caveat: string}} Session
 * @typedef {{id: number | null, side: Side, priceLow: number, priceHigh: number, peakPrice: number,
 *   notional: number, distanceBps: number, confluence: string[]}} Cluster
 * @typedef {'long' | 'short'} Side
 * @typedef {{side: Side, priceLow: number, priceHigh: number, quantity: number, notional: number,
 *   tiers: Record<string, number>, members?: Record<string, number>,
 *   spread?: {least: number, most: number}}} Bucket
 * @typedef {{instrument: string, venue?: string, time: string, sequence: number,
 *   units: {quantity: string, notional: string}, markPrice: number, openInterest: number, stateHash: string,
 *   window: string, since?: string, assumptions: any, coverage: any, outOfReach: any, unmapped: any,
 *   dispersion: any, quality: any, madeFrom?: any, calibration?: any, score?: any, members?: any[], market?: any,
 *   maxPain: any, buckets: Bucket[], cumulative: {long: [number, number][], short: [number, number][]},
 *   clusters: Cluster[], structure: any}} MapAnswer
 * @typedef {{of: string, sequence: number, time: string, serverTime: string, markPrice: number | null,
 *   openInterest: number | null, isLive: boolean, progress: number,
 *   nearest: {long: Cluster | null, short: Cluster | null}, quality: any}} LiveState
 * @typedef {{sequence: number, time: string, kind: string, side?: Side, price?: number, priceLow?: number,
 *   priceHigh?: number, notional?: number, cluster?: number, text: string}} MapEvent
 */

/**
 * What a view gets. `choice` holds what is chosen (and the link), the cells what is known now.
 *
 * - `session`: null until the server answered
 * - `map`: the newest answer of `/api/map` for what is chosen
 * - `isAsking`: whether `map` is of an older choice, as the answer for what is chosen isn't there yet
 * - `live`: the newest `state` of `/api/live`; null while lost
 * - `events`: the events listed beside the chart, filtered by kind
 * - `pointer`: where the pointer is in a view, so that the other view can show it: price, and time in ms
 * - `travel(at)`: shows the map as of a sequence or time; null: now
 * - `announce(text)`: what a screen reader says
 * - `problem(part, problem)`: shows what is wrong until the part says null
 *
 * @typedef {{choice: import('./state.js').Choice, api: import('./api.js').Api,
 *   session: import('./cell.js').Cell<Session | null>,
 *   map: import('./cell.js').Cell<MapAnswer | null>,
 *   isAsking: import('./cell.js').Cell<boolean>,
 *   live: import('./cell.js').Cell<LiveState | null>,
 *   events: import('./cell.js').Cell<MapEvent[]>,
 *   pointer: import('./cell.js').Cell<{price: number | null, time: number | null} | null>,
 *   travel: (at: string | number | null) => void,
 *   announce: (text: string) => void,
 *   problem: (part: string, problem: unknown) => void}} App
 */

/**
 * A view of the page. `keys`: what keys do while it is shown, by `KeyboardEvent.key`; a view's chart handles arrows
 * itself while it has the focus.
 *
 * @typedef {{resize: () => void, setShown: (isShown: boolean) => void,
 *   keys: Record<string, {does: string, run: () => void}>}} View
 */
export {};
