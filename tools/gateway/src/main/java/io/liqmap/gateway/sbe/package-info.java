/**
 * Trades and best bid and offer that venues send in SBE to co-located users: bytes of a message as
 * messages of the feed. These streams have no mark price, open interest or liquidations.
 */
package io.liqmap.gateway.sbe;
