/** Settings of an engine. */
package io.liqmap.engine.settings;
