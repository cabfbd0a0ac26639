/**
 * Price to bucket and back: a geometric lattice on which a leverage tier is a shift.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.core.lattice;
