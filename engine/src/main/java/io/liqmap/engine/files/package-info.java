/**
 * Files held by one process while it writes, created without following links.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.files;
