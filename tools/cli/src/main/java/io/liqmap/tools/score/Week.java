package io.liqmap.tools.score;

import java.time.Instant;

/**
 * A week of the model that answers, notionals in the quote asset.
 *
 * @param from its start
 * @param side {@code long} or {@code short}
 * @param expected notional
 * @param realised reported times the correction
 * @param ratio expected over realised
 */
public record Week(Instant from, String side, double expected, double realised, double ratio) {}
