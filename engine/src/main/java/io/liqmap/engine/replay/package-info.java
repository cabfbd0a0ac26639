/** Replay, recovery and comparison of journals. */
package io.liqmap.engine.replay;
