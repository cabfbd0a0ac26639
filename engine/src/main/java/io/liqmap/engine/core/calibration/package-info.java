/**
 * Learning and scoring: shares of a profile by what was liquidated, and how far a map's amounts can
 * be believed.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.core.calibration;
