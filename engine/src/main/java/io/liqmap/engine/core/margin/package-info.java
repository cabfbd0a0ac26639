/**
 * Liquidation prices: contract kinds, the venues' rules and formulas, their maintenance brackets.
 */
package io.liqmap.engine.core.margin;
