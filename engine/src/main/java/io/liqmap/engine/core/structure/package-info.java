/** Price structure: where volume was traded, where price turned, where it tends. */
package io.liqmap.engine.core.structure;
