/**
 * From files that venues and vendors offer to one feed file, streamed and merged in time order.
 *
 * <p>{@link io.liqmap.tools.importer.FeedImport} is the way in. A {@code …Source} per kind of file
 * turns rows into {@code Draft}s; {@code Merge} puts those of all files in order.
 *
 * <p><b>Order within a file.</b> Rows are handed out by time, Binance aggTrades by id, whatever
 * their order in the file; equal times keep the file's order, and are turned round with a file that
 * is newest first. Files are read as if they were in order; where one isn't, the attempt ends, all
 * files are surveyed, and those out of order are sorted in a second attempt, within a bounded
 * memory and a temporary file. Recorded frames keep their order.
 *
 * <p><b>Order over files.</b> Trades with ids come by id over all files. The merge runs by receive
 * time, which never falls within a feed. Where a file has none (Binance, Coinalyze, Bybit), it is
 * the highest exchange time so far: a trade whose time is before that of a lower id keeps its own
 * exchange time and its place, and is counted as out of order. Equal times: funding, mark price,
 * trade, liquidation, open interest, ratio of accounts, top of the book, then files by name and
 * path. States (funding, mark price, open interest) whose time was said before are dropped and
 * counted; they are lost if they say something else.
 *
 * <p><b>Loss.</b> A row that says something which the feed lacks is lost. A file that loses too
 * many of its rows fails the import.
 */
package io.liqmap.tools.importer;
