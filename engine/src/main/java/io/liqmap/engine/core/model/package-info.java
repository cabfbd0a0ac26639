/** What the map believes: leverage, entries and exits. */
package io.liqmap.engine.core.model;
