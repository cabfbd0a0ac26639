/**
 * What venues send, and what to ask them for: their frames as messages of the feed, their
 * subscriptions, polls and lists of instruments. Nothing here opens a connection or reads a clock.
 */
package io.liqmap.gateway.venue;
