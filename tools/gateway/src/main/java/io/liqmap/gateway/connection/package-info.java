/**
 * Connections to venues, the only package that opens any: WebSockets with their life cycle, polls,
 * and requests before a session.
 *
 * <pre>
 *   sockets' threads            liqmap-gateway              the engine's caller
 *   fragments → frame ─────┐    opens, watches, waits,      VenueFeed: time, recording, decoding
 *   answers to polls ──────┼──▶ FrameQueue ───────────────▶
 *   opened, lost ──────────┘    opens again          ◀───── acknowledged, refused, pong, notices
 * </pre>
 */
package io.liqmap.gateway.connection;
