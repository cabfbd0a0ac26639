package io.liqmap.tools.importer;

import io.liqmap.tools.answer.Json;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an import read, used, reordered and dropped. Immutable. Times are ns since 1970-01-01 UTC.
 *
 * @param feed the file written
 * @param format whose files they were
 * @param symbol the instrument
 * @param files one entry per input file, by name and path
 * @param series one entry per kind of data in the feed, with its holes
 * @param events events written, by kind
 * @param firstTime lowest exchange time of an event
 * @param lastTime highest exchange time of an event
 * @param notes remarks on the feed as a whole
 */
public record ImportReport(
    Path feed,
    ImportFormat format,
    String symbol,
    List<InputReport> files,
    List<SeriesReport> series,
    EventCounts events,
    long firstTime,
    long lastTime,
    List<String> notes) {

  public ImportReport {
    files = List.copyOf(files);
    series = List.copyOf(series);
    notes = List.copyOf(notes);
  }

  /** The whole report as one JSON object, as it is kept beside the feed. */
  public String json() {
    return Json.text(ReportJson.of(this));
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
   * @param knownPositions positions of accounts, closed ones included
   */
  public record EventCounts(
      long instruments,
      long markPrices,
      long trades,
      long liquidations,
      long openInterests,
      long accountRatios,
      long bestBidOffers,
      long knownPositions) {
    public long total() {
      return instruments
          + markPrices
          + trades
          + liquidations
          + openInterests
          + accountRatios
          + bestBidOffers
          + knownPositions;
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
   * @param rowsLost those of them that said something which the feed lacks, by reason; the others
   *     say nothing, repeat another row, or aren't wanted
   * @param rowsOutOfOrder rows, used or dropped, that keep their place though their time is before
   *     that of a row before them: trades whose ids decide, and recorded frames
   * @param rowsReordered rows after one of a later time, or of a higher trade id, that were sorted
   * @param isNewestFirst whether most rows fell, so that it was reversed
   * @param labelsShifted rows whose time label was moved to the moment that its values are of
   * @param firstTime lowest time of a row, 0 if there is none
   * @param lastTime highest time of a row, 0 if there is none
   * @param isChecked whether it was compared with the published sum beside it
   * @param conventions how it was read where it could be read otherwise
   * @param notes remarks on the file
   */
  public record InputReport(
      Path file,
      String kind,
      long rowsRead,
      long rowsUsed,
      SortedMap<String, Long> rowsDropped,
      SortedMap<String, Long> rowsLost,
      long rowsOutOfOrder,
      long rowsReordered,
      boolean isNewestFirst,
      long labelsShifted,
      long firstTime,
      long lastTime,
      boolean isChecked,
      List<String> conventions,
      List<String> notes) {

    public InputReport {
      rowsDropped = Collections.unmodifiableSortedMap(new TreeMap<>(rowsDropped));
      rowsLost = Collections.unmodifiableSortedMap(new TreeMap<>(rowsLost));
      conventions = List.copyOf(conventions);
      notes = List.copyOf(notes);
    }

    public long dropped() {
      return sum(rowsDropped);
    }

    /** Rows left out though they said something which the feed lacks. */
    public long lost() {
      return sum(rowsLost);
    }

    public List<DroppedRows> droppedRows() {
      return rowsDropped.entrySet().stream()
          .map(
              (r) ->
                  new DroppedRows(r.getKey(), r.getValue(), rowsLost.getOrDefault(r.getKey(), 0L)))
          .toList();
    }

    private static long sum(final SortedMap<String, Long> rows) {
      return rows.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Rows left out for one reason.
   *
   * @param reason why
   * @param rows how many
   * @param lost how many of them said something which the feed lacks
   */
  public record DroppedRows(String reason, long rows, long lost) {}

  /**
   * One kind of data over all files, and where it is missing.
   *
   * @param name trades, open interest, mark price, funding, account ratio, bars, top of the book
   * @param values how many the feed holds
   * @param firstTime time of the first
   * @param lastTime time of the last
   * @param rhythm most frequent step between values, ns; 0 if they come irregularly or, as trades
   *     with ids, are counted by number
   * @param holes stretches where values are missing
   * @param missing values missing in all holes, by the rhythm or by number; 0 if they come
   *     irregularly
   * @param missingShare share of the covered time that lies in holes; of trades with ids, the share
   *     of ids missing
   * @param largest the largest holes, largest first
   */
  public record SeriesReport(
      String name,
      long values,
      long firstTime,
      long lastTime,
      long rhythm,
      long holes,
      long missing,
      double missingShare,
      List<Hole> largest) {

    public SeriesReport {
      largest = List.copyOf(largest);
    }
  }

  /**
   * A stretch without values.
   *
   * @param from time of the last value before it
   * @param to time of the first value after it
   * @param missing values missing, 0 if they come irregularly
   * @param firstId first missing trade id, −1 where trades have none
   * @param lastId last missing trade id, −1 where trades have none
   */
  public record Hole(long from, long to, long missing, long firstId, long lastId) {}
}
