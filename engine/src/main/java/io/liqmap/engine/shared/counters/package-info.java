/**
 * How an engine fares: figures and distinct errors in a file that other processes read, and events
 * for the JDK's flight recorder.
 */
package io.liqmap.engine.shared.counters;
