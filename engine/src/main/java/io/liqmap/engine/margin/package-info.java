/** Liquidation prices: the venues' formulas over their maintenance brackets. */
package io.liqmap.engine.margin;
