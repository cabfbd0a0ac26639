/**
 * Files that an engine writes and other processes read: one {@link
 * io.liqmap.engine.shared.SharedFile} under the layouts of view, event stream and counters.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.shared;
