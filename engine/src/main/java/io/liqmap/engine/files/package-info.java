/** Files held by one process while it writes, created without following links. */
package io.liqmap.engine.files;
