/**
 * From files that venues and vendors offer to one feed file, streamed and merged in time order.
 *
 * <p>{@link io.liqmap.tools.importer.FeedImport} is the way in. A {@code …Source} per kind of file
 * turns rows into {@code Draft}s; {@code Merge} puts those of all files in order.
 *
 * <p><b>Order.</b> The merge runs by receive time, which never falls within a feed. Where a file
 * has none (Binance, Coinalyze, Bybit), it is the highest exchange time that the file has shown so
 * far: a row that goes back in time keeps its own exchange time, is counted as out of order, and
 * stays at its place in the file. Equal times: funding, mark price, trade, liquidation, open
 * interest, ratio of accounts, top of the book, then files by name and path. States (funding, mark
 * price, open interest) that aren't newer than what a file has said before are dropped and counted.
 */
package io.liqmap.tools.importer;
