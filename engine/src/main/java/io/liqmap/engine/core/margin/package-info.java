/** Liquidation prices: contract kinds, the venues' rules and formulas, maintenance brackets. */
package io.liqmap.engine.core.margin;
