package io.liqmap.tools.importer;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an import read, used and left out. Immutable.
 *
 * @param feed the file written
 * @param files one entry per input file, by name and path
 * @param events events written, by kind
 * @param firstTime lowest exchange time of an event, ns since 1970-01-01 UTC
 * @param lastTime highest exchange time of an event, ns since 1970-01-01 UTC
 * @param notes what a user should know of the feed as a whole
 */
public record ImportReport(
    Path feed,
    List<InputReport> files,
    EventCounts events,
    long firstTime,
    long lastTime,
    List<String> notes) {

  /** Takes copies of the lists. */
  public ImportReport {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }

  /**
   * Events written, by kind.
   *
   * @param instruments definitions
   * @param markPrices mark prices
   * @param trades trades
   * @param liquidations liquidations
   * @param openInterests open interest
   * @param accountRatios ratios of accounts
   * @param bestBidOffers tops of the book
   */
  public record EventCounts(
      long instruments,
      long markPrices,
      long trades,
      long liquidations,
      long openInterests,
      long accountRatios,
      long bestBidOffers) {
    /** All of them. */
    public long total() {
      return instruments
          + markPrices
          + trades
          + liquidations
          + openInterests
          + accountRatios
          + bestBidOffers;
    }
  }

  /**
   * What came of one file: rows read are rows used and rows dropped.
   *
   * @param file the file
   * @param kind what the venue or vendor calls its kind
   * @param rowsRead rows, without a header
   * @param rowsUsed rows that went into the feed
   * @param rowsDropped how many rows were left out, by reason
   * @param rowsOutOfOrder rows, used or dropped, whose time is before that of a row above them
   * @param notes what a user should know of the file
   */
  public record InputReport(
      Path file,
      String kind,
      long rowsRead,
      long rowsUsed,
      SortedMap<String, Long> rowsDropped,
      long rowsOutOfOrder,
      List<String> notes) {

    /** Takes copies of the collections. */
    public InputReport {
      rowsDropped = Collections.unmodifiableSortedMap(new TreeMap<>(rowsDropped));
      notes = List.copyOf(notes);
    }

    /** Rows left out, for whatever reason. */
    public long dropped() {
      return rowsDropped.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
