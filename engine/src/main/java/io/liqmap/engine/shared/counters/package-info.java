/** Counters and distinct errors in a file that other processes read, and flight-recorder events. */
package io.liqmap.engine.shared.counters;
