/** The state machine: the only code that changes state, one event after another. */
package io.liqmap.engine.market;
