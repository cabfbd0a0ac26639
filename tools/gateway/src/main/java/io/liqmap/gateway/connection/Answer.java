package io.liqmap.gateway.connection;

/**
 * What came of a request.
 *
 * @param body of the answer; empty if it failed
 * @param failure null if it didn't
 */
@SuppressWarnings("ArrayRecordComponent") // Nothing compares them.
record Answer(byte[] body, Failure failure) {}
