/** Clusters over time, reactions to their sweeps, volatility, impact and cascades. */
package io.liqmap.engine.core.clusters;
