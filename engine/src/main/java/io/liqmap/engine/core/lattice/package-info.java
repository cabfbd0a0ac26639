/** Price to bucket and back: a geometric lattice on which a leverage tier is a shift. */
package io.liqmap.engine.core.lattice;
