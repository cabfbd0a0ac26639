/**
 * Price structure: volume profile, swing points and trend.
 *
 * <p>Internal: not supported for embedders.
 */
package io.liqmap.engine.core.structure;
