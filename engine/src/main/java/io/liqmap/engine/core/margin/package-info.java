/**
 * Liquidation prices: contract kinds, the venues' rules and formulas, maintenance brackets.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.core.margin;
