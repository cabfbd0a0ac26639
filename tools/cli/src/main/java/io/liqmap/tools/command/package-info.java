/** One class a command, and what they share: moments, exit codes, numbers on screen. */
package io.liqmap.tools.command;
