/**
 * Events as SBE messages in shared memory: one writer, any number of readers.
 *
 * <p>Embedders may use {@code EventStreamReader}; other types are internal.
 */
package io.liqmap.engine.shared.events;
