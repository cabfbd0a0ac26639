/**
 * Learning and scoring: shares of a profile by what was liquidated, and how a map's amounts compare
 * with reported liquidations.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.core.calibration;
