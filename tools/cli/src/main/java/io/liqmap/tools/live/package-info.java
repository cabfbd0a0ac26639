/** What a live session begins with: instruments, brackets and settings. */
package io.liqmap.tools.live;
