/** One class per command, and what they share. */
package io.liqmap.tools.command;
