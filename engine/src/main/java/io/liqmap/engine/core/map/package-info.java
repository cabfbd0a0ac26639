/** The map: entry ledgers, sweeps, cohorts and projections. */
package io.liqmap.engine.core.map;
