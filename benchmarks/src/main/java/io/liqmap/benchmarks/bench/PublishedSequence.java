package io.liqmap.benchmarks.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The sequence that an instrument of a view was last published with, read by the protocol of
 * engine/VIEW.md and without the state that goes with it: as cheap as polling a ring's consumer.
 */
public final class PublishedSequence implements LongSupplier {
  private static final int VERSION = 8;
  private static final int KNOWN_VERSION = 3;
  private static final int REGION_LENGTH = 16;
  private static final int HEADER_SLOTS = 36;
  private static final int LEVERAGES = 48;
  private static final int MEMBERS = 104;
  private static final int REGION = 128;
  private static final int LEVERAGE_VALUES = 272;
  private static final int MEMBER_NAME_LENGTH = 64;
  private static final int LINE = 128;
  private static final int HEADER_LENGTH = 640;
  private static final int SEQUENCE = 16;

  private final UnsafeBuffer view;
  private final int region;
  private final int headers;
  private final int mask;
  private long publication;
  private long sequence;

  private PublishedSequence(final UnsafeBuffer view, final int instrument) {
    this.view = view;
    region = REGION + instrument * (int) view.getLong(REGION_LENGTH);
    Checks.require(
        view.getInt(VERSION) == KNOWN_VERSION,
        "a view of layout version " + view.getInt(VERSION) + " isn't known here");
    final int values =
        LEVERAGE_VALUES
            + Double.BYTES * view.getInt(LEVERAGES)
            + MEMBER_NAME_LENGTH * view.getInt(MEMBERS);
    headers = region + (values + LINE - 1) / LINE * LINE;
    mask = view.getInt(HEADER_SLOTS) - 1;
  }

  static PublishedSequence of(final Path file) throws IOException {
    return of(file, 0);
  }

  /** Of an instrument by its number. */
  public static PublishedSequence of(final Path file, final int instrument) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new PublishedSequence(
          new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())),
          instrument);
    }
  }

  @Override
  public long getAsLong() {
    final long latest = view.getLongVolatile(region);
    if (latest != publication) {
      final int slot = headers + (int) (latest & mask) * HEADER_LENGTH;
      final long read = view.getLongVolatile(slot + SEQUENCE);
      if (view.getLongVolatile(slot) == latest) {
        publication = latest;
        sequence = read;
      }
    }
    return sequence;
  }
}
