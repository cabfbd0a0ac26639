/**
 * Counters and distinct errors in a file that other processes read, and flight-recorder events.
 *
 * <p>Embedders may use {@code EngineCountersReader}; other types are internal.
 */
package io.liqmap.engine.shared.counters;
