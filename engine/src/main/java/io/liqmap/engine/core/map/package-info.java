/**
 * The map: entry ledgers, sweeps, cohorts and projections.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.core.map;
