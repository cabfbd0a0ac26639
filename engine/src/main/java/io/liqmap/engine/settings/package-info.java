/** Settings and instruments, read from files and journals; the text that a journal carries. */
package io.liqmap.engine.settings;
