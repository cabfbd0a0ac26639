/**
 * Clusters over time, reactions to their sweeps, volatility, impact and cascades.
 *
 * <p>Embedders may use {@code MapEvent}; other types are internal.
 */
package io.liqmap.engine.core.clusters;
