/**
 * Replay, recovery and comparison of journals.
 *
 * <p>Embedders may use {@code Replay} and {@code Until}; other types are internal.
 */
package io.liqmap.engine.replay;
