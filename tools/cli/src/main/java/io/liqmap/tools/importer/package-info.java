/**
 * Converts files of venues and vendors to one feed file, streamed and merged in time order.
 *
 * <p>{@link io.liqmap.tools.importer.FeedImport} is the entry point. A {@code RowSource} per kind
 * of file turns rows into {@code Draft}s; {@code Merge} orders those of all files.
 *
 * <p><b>Order within a file.</b> By time, Binance aggTrades by id; rows of equal time keep the
 * file's order, reversed if the file is newest first. Files are read as if they were in order. If
 * one isn't, the attempt ends, all files are surveyed, and a second attempt sorts those out of
 * order, within bounded memory and a temporary file. Recorded frames keep their order.
 *
 * <p><b>Order over files.</b> Trades with ids by id, over all files. The merge is by receive time,
 * which never falls within a feed; in files without one (Binance, Coinalyze, Bybit) it is the
 * highest exchange time so far. A trade earlier than one with a lower id keeps its exchange time
 * and place, and counts as out of order. Equal times: funding, mark price, trade, liquidation, open
 * interest, ratio of accounts, top of the book, then files by name and path. A repeated time of
 * funding, mark price or open interest is dropped and counted, as lost if its values differ.
 *
 * <p><b>Loss.</b> A row with information that the feed lacks is lost. A file that loses too many of
 * its rows fails the import.
 */
package io.liqmap.tools.importer;
