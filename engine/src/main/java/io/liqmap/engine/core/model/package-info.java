/** Model settings: leverage profiles, entries, exits, crowd skew. */
package io.liqmap.engine.core.model;
