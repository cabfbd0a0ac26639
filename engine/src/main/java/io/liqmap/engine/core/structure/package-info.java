/** Price structure: volume profile, swing points and trend. */
package io.liqmap.engine.core.structure;
