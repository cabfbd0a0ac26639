/** Settings and instruments, read from HOCON files and from journals. */
package io.liqmap.tools.config;
