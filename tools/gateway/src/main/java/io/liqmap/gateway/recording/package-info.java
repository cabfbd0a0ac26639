/**
 * Recorded frames: a file for each venue and hour, {@code VENUE-YYYYMMDDTHH.frames.gz}, of lines
 * {@code NANOS FRAME} and marks {@code NANOS #start FILE SYMBOLS}, {@code #opened CONNECTION},
 * {@code #lost CONNECTION REASON}.
 */
package io.liqmap.gateway.recording;
