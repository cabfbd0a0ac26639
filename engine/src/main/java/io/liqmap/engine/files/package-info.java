/**
 * Files that others look for: made without following links, held by one process for as long as it
 * writes.
 */
package io.liqmap.engine.files;
