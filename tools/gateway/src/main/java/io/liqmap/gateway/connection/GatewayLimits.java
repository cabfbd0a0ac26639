package io.liqmap.gateway.connection;

/**
 * Limits and waits of connections.
 *
 * @param connectNanos for a connection to open
 * @param acknowledgeNanos for all subscriptions to be acknowledged, from the last one on
 * @param firstDataNanos for each expected stream to send something
 * @param silenceNanos of a steady stream, after which its connection is opened again
 * @param pongNanos for the answer to a ping
 * @param firstWaitNanos before the first attempt after a loss; it doubles with each
 * @param maxWaitNanos longest such wait
 * @param stableNanos after which a connection counts as stable, and its waits start again
 * @param answerNanos for the answer to a request
 * @param maxFrame of a frame or an answer, bytes
 */
public record GatewayLimits(
    long connectNanos,
    long acknowledgeNanos,
    long firstDataNanos,
    long silenceNanos,
    long pongNanos,
    long firstWaitNanos,
    long maxWaitNanos,
    long stableNanos,
    long answerNanos,
    int maxFrame) {}
