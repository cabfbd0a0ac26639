/**
 * How an engine fares: figures and distinct errors in memory that other processes map, and events
 * for the JDK's flight recorder.
 */
package io.liqmap.engine.health;
