/**
 * Model settings: leverage profiles, entries, exits, crowd skew.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.core.model;
