/** Levels: clusters with an identity, what followed a sweep, volatility and impact. */
package io.liqmap.engine.core.clusters;
