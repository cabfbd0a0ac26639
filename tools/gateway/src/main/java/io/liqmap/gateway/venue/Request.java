package io.liqmap.gateway.venue;

/**
 * A request to a venue's public interface.
 *
 * @param path with query, behind the venue's address
 * @param body to post as JSON; null to get
 * @param everyNanos how often, 0 once
 */
public record Request(String path, String body, long everyNanos) {}
