/** The map itself: entry ledgers, sweeps, and the picture that is read from them. */
package io.liqmap.engine.core.map;
