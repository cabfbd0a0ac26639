/**
 * State as bytes: written, read back and hashed.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.core.state;
