package io.liqmap.tools.live;

import io.liqmap.engine.feed.FeedEvent;
import java.util.List;

/**
 * What an import of venues' frames read and wrote.
 *
 * @param feed name of the file
 * @param events written
 * @param instruments definitions among them
 * @param trades trades
 * @param marks mark prices
 * @param openInterest open interest
 * @param books tops of the book
 * @param liquidations liquidations
 * @param accountRatios account ratios
 * @param interruptions holes in instruments' streams
 * @param venues what was read, venue by venue
 */
public record FramesReport(
    String feed,
    long events,
    long instruments,
    long trades,
    long marks,
    long openInterest,
    long books,
    long liquidations,
    long accountRatios,
    long interruptions,
    List<Venue> venues) {

  /**
   * A venue's frames.
   *
   * @param venue its name
   * @param files read
   * @param cut of them, those that end within a frame
   * @param frames in them
   * @param events made from them
   * @param control about connections
   * @param nothingNew repeated, or of other instruments
   * @param notUsed of kinds that are known and not used
   * @param unknown of no known kind
   * @param invalid not what their kind requires
   */
  public record Venue(
      String venue,
      int files,
      int cut,
      long frames,
      long events,
      long control,
      long nothingNew,
      long notUsed,
      long unknown,
      long invalid) {}

  static FramesReport of(final String feed, final long[] kinds, final List<Venue> venues) {
    long events = 0;
    for (final long count : kinds) {
      events += count;
    }
    return new FramesReport(
        feed,
        events,
        kinds[FeedEvent.INSTRUMENT],
        kinds[FeedEvent.TRADE],
        kinds[FeedEvent.MARK_PRICE],
        kinds[FeedEvent.OPEN_INTEREST],
        kinds[FeedEvent.BEST_BID_OFFER],
        kinds[FeedEvent.LIQUIDATION],
        kinds[FeedEvent.ACCOUNT_RATIO],
        kinds[FeedEvent.INTERRUPTION],
        venues);
  }
}
