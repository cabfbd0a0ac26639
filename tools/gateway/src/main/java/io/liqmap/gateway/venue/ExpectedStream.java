package io.liqmap.gateway.venue;

import io.liqmap.engine.feed.InstrumentDefinition;

/**
 * A stream that a subscription asks for.
 *
 * @param kind {@link io.liqmap.engine.feed.FeedEvent}'s kind of what it sends
 * @param isSteady whether silence means a fault: marks and books always come, liquidations don't
 */
public record ExpectedStream(InstrumentDefinition of, int kind, boolean isSteady) {}
