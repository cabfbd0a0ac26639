package io.liqmap.engine.replay;

import io.liqmap.engine.feed.BlockSource;
import io.liqmap.engine.feed.FeedFileException;
import io.liqmap.engine.feed.FeedState;
import io.liqmap.engine.feed.FrameCursor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The part of a feed that a journal holds already: skipped after a check that it is the same.
 *
 * <pre>
 *   the feed begins …
 *   where the journal does       as many messages are skipped as the journal was made from;
 *                                their checksum has to be the journal's
 *   within the journal           compared with the journal, message by message, up to its end
 *   behind the journal's end     nothing is skipped: what lies between is a gap
 * </pre>
 *
 * Where the checksum differs, or the feed ends too early, the feed is compared from its start, to
 * report the first difference. One thread.
 */
public final class JournaledPrefix implements AutoCloseable {
  private final Path folder;
  private final long events;
  private final long firstSequence;
  private final long lastSequence;
  private final long messages;
  private final int checksum;
  private final FrameCursor frames = new FrameCursor();

  private boolean hasBegun;
  private boolean isDone;
  private boolean isLater;
  private long skipped;
  private int checksumSoFar;

  /** Null unless the feed begins within the journal. */
  private JournalComparison comparison;

  /**
   * Prepares it.
   *
   * @param events that it holds
   * @param firstSequence of the first of them
   * @param feed behind the last of them
   */
  JournaledPrefix(
      final Path folder, final long events, final long firstSequence, final FeedState feed) {
    this.folder = folder;
    this.events = events;
    this.firstSequence = firstSequence;
    lastSequence = feed.sequence();
    messages = feed.messages();
    checksum = feed.checksum();
    isDone = messages == 0;
  }

  /** Whether all of it was skipped, or the feed has none of it. */
  public boolean isDone() {
    return isDone;
  }

  /** Takes the feed as one that begins behind the journal's end, as a live source does. */
  public void skipNothing() {
    isDone = true;
    isLater = true;
  }

  /** Whether the feed begins behind the journal's end. */
  public boolean isLater() {
    return isLater;
  }

  /** Messages skipped. */
  public long skipped() {
    return skipped;
  }

  /**
   * Skips what the journal holds of a block.
   *
   * @param source is at the block, and may be at a later one afterwards
   * @return where the first message starts that the journal doesn't hold; the end of the source's
   *     block if there is none
   * @throws FeedFileException if the feed isn't the one that the journal was made from
   */
  public int skip(final BlockSource source) throws IOException {
    if (!hasBegun && source.length() > 0) {
      hasBegun = true;
      begin(source);
    }
    frames.wrap(source.buffer(), source.offset(), source.length());
    while (!isDone && frames.next()) {
      if (comparison == null) {
        checksumSoFar = frames.checksum(checksumSoFar);
        skipped++;
        if (skipped == messages) {
          isDone = true;
          return checksumSoFar == checksum ? frames.end() : compare(source);
        }
      } else if (comparison.holds(frames)) {
        skipped++;
      } else {
        isDone = true;
        close();
        return frames.start();
      }
    }
    return isLater ? source.offset() : frames.end();
  }

  /** The first numbered message decides where the feed begins. */
  private void begin(final BlockSource source) throws IOException {
    frames.wrap(source.buffer(), source.offset(), source.length());
    boolean isFound = false;
    while (!isFound && frames.next()) {
      isFound = frames.isNumbered();
    }
    if (isFound && lastSequence > 0 && frames.sequence() > lastSequence) {
      isDone = true;
      isLater = true;
    } else if (isFound && frames.sequence() > firstSequence + 1) {
      comparison = new JournalComparison(folder, events, lastSequence);
      comparison.beginAt(frames.sequence());
    }
  }

  /** Reads the feed again to find where it differs from the journal. */
  private int compare(final BlockSource source) throws IOException {
    if (!source.restart()) {
      throw new FeedFileException(
          "the first "
              + messages
              + " messages of the feed aren't those that "
              + folder
              + " was made from (their checksum differs): it isn't the journal's feed. Give that one, all of them where several were merged, or another folder for the journal");
    }
    try (JournalComparison fromStart = new JournalComparison(folder, events, lastSequence)) {
      skipped = 0;
      while (source.nextBlock()) {
        frames.wrap(source.buffer(), source.offset(), source.length());
        while (frames.next()) {
          if (!fromStart.holds(frames)) {
            return frames.start();
          }
          skipped++;
        }
      }
    }
    return source.offset() + source.length();
  }

  /**
   * Checks that a feed that has ended within the prefix is the journal's.
   *
   * @throws FeedFileException if it isn't
   */
  public void endOfFeed(final BlockSource source) throws IOException {
    if (isDone || comparison != null || skipped == 0) {
      return;
    }
    try (JournalComparison fromStart = new JournalComparison(folder, events, lastSequence)) {
      if (!fromStart.hasPrefix(skipped, checksumSoFar)) {
        compare(source);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (comparison != null) {
      comparison.close();
    }
  }
}
