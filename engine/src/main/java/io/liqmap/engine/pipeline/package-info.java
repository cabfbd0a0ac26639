/**
 * The engine: ring, threads, back-pressure, life cycle.
 *
 * <p>Embedders may use {@code Engine}, {@code EngineException}, {@code EngineReport}, {@code
 * Outputs}, {@code ReplayPace} and {@code WarmUp}; other types are internal.
 */
package io.liqmap.engine.pipeline;
