/**
 * The state machine: the only code that changes state, one event after another.
 *
 * <p>The bytes of the state, all little-endian longs:
 *
 * <pre>
 * writer     format (6), events, sequence, first time, time, gaps, missing, duplicates, reordered,
 *            rejected, unknown, feed, length of definitions, definitions as feed frames, for each
 *            whether there was room for it, lowest and highest price traded, interruptions and
 *            messages missing in them; each instrument's map in the order of numbers, then each
 *            one's clusters, then each group that has two members or more
 * feed       sequence, exchange time of the last event, messages, missing since a message got
 *            through, checksum, 16 holes, latest time, candidate time, how many agree; count of
 *            instruments, for each: number, last price, candidate price, how many agree, the same
 *            for open interest
 * map        time and price of the terms, span base and size, lowest and highest pending bucket,
 *            last and mark bucket, last, mark and index price, funding, times of event and mark,
 *            open interest and its time, trades, bought and sold since open interest, reported
 *            since then by side, observed notionals, forced by side, falls of open interest, crowd
 *            (3 signals), market (funding, accounts, open interest and takers' volume of the last
 *            hour and day), structure, volume drained since open interest by threshold, models,
 *            count of cells, cells, for each pending bucket and threshold: sold, bought
 * model      open rate, tilt of the lean; per side its ledger: scale, unmapped, settled sum and
 *            peak, sum of the watermarks by line, tilt of the shares, swept since settling, whether
 *            anything was lost since then, updates modulo 256, weights of buying and selling, swept
 *            quantity and notional, end of the running hour, hour up to which cohorts were
 *            forgotten; hours, six hours, days: count of cohorts, for each: end, count of entries,
 *            each with bucket and amount
 * cell       bucket, flags (1 settled, 2 touched); per model and side: opened, settled, opened in
 *            the running hour, where exits are weighted the mean time of opening, per 64 lines a
 *            mask of those with a watermark, and those watermarks
 * structure  time, price, volume profile (window base and size, dropped, count of buckets, each
 *            with its amount); per scale: direction, upper and lower bound, time of the extreme,
 *            count of swings, the last 8 with price and time; samples; per window: mean, change
 * clusters   quality, faults, time of the refresh, changed since, leverages to be looked up, open
 *            interest then, observed notionals at the last sweep of each side, minutes (priced,
 *            traded, flow, last sample, sums) or bars (seen whole, prices, traded, flow, last bar,
 *            sums), as the definition says, a warning per side, reactions (dropped, counts and sums
 *            by side and horizon, those that wait, who has reached which horizon), last number,
 *            count, each cluster with its notional by leverage
 * group      quality, times of the last look at it, of the refresh, and of the last one with
 *            leverages from the ledgers, whether one is due, mark bucket, swept and observed
 *            notionals at the last sweep of each side, a warning per side, clusters as above
 * </pre>
 *
 * <p>Embedders may use {@code MapListener}; other types are internal.
 */
package io.liqmap.engine.market;
