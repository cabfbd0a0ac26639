package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.lattice.Lattice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The first bytes of a view: what it is, how large everything is, who writes it. */
final class FileHeader {
  /** The writer hasn't said that it has ended. */
  static final long LIVES = 0;

  /** The writer has ended. */
  static final long ENDED = 1;

  /** The writer was gone, and another file has taken the place of this one. */
  static final long REPLACED = 2;

  private static final byte[] MAGIC = "LIQVIEW1".getBytes(StandardCharsets.US_ASCII);

  /** Systems tell the start of a process by a clock that may be set meanwhile. */
  private static final long START_TOLERANCE_MILLIS = 2_000;

  private FileHeader() {}

  static void write(final ByteBuffer bytes, final ViewLayout layout, final double resolutionBps) {
    final ProcessHandle self = ProcessHandle.current();
    bytes.putInt(ViewLayout.VERSION_AT, ViewLayout.VERSION);
    bytes.putInt(ViewLayout.REGIONS, layout.regions());
    bytes.putLong(ViewLayout.REGION_LENGTH, layout.regionLength());
    bytes.putLong(ViewLayout.FIRST_REGION, layout.region(0));
    bytes.putInt(ViewLayout.BUCKETS, layout.buckets());
    bytes.putInt(ViewLayout.HEADER_SLOTS_AT, ViewLayout.HEADER_SLOTS);
    bytes.putInt(ViewLayout.BODY_SLOTS_AT, ViewLayout.BODY_SLOTS);
    bytes.putInt(ViewLayout.CLUSTERS, layout.clusters());
    bytes.putInt(ViewLayout.LEVERAGES, layout.leverages());
    bytes.putDouble(ViewLayout.LOG_WIDTH, logWidth(resolutionBps));
    bytes.putLong(ViewLayout.PROCESS, self.pid());
    bytes.putLong(ViewLayout.PROCESS_START, startOf(self));
    bytes.put(ViewLayout.MAGIC, MAGIC);
  }

  static double logWidth(final double resolutionBps) {
    return StrictMath.log1p(resolutionBps / 10_000);
  }

  private static long startOf(final ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  static boolean isView(final ByteBuffer bytes) {
    if (bytes.limit() < ViewLayout.FILE_HEADER_LENGTH) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes.get(ViewLayout.MAGIC + i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the process lives that a header names, for a view whose writer doesn't hold its file. A
   * number alone may belong to another process by now: in a container it nearly always does.
   */
  static boolean isWriterAlive(final ByteBuffer bytes) {
    if (bytes.getLong(ViewLayout.ENDED) != LIVES || bytes.getInt(ViewLayout.HELD) != 0) {
      return false;
    }
    final long start = bytes.getLong(ViewLayout.PROCESS_START);
    return ProcessHandle.of(bytes.getLong(ViewLayout.PROCESS))
        .filter(ProcessHandle::isAlive)
        .map(FileHeader::startOf)
        .filter(
            (found) ->
                start == 0 || found == 0 || Math.abs(found - start) <= START_TOLERANCE_MILLIS)
        .isPresent();
  }

  /**
   * Reads how a view is laid out.
   *
   * @param length of the file
   * @throws IllegalArgumentException if it can't be so, saying why
   */
  static ViewLayout layoutOf(final ByteBuffer bytes, final long length) {
    if (!isView(bytes)) {
      throw new IllegalArgumentException(
          "no view, it doesn't start with LIQVIEW1; give the path of a view");
    }
    final int version = bytes.getInt(ViewLayout.VERSION_AT);
    if (version != ViewLayout.VERSION) {
      throw new IllegalArgumentException(
          "a view of layout "
              + version
              + ", this version reads layout "
              + ViewLayout.VERSION
              + "; read it with the version that writes it");
    }
    final ViewLayout layout;
    try {
      layout =
          new ViewLayout(
              bytes.getInt(ViewLayout.REGIONS),
              bytes.getInt(ViewLayout.BUCKETS),
              bytes.getInt(ViewLayout.CLUSTERS),
              bytes.getInt(ViewLayout.LEVERAGES));
    } catch (final IllegalArgumentException e) {
      throw new IllegalArgumentException(damaged(e.getMessage()), e);
    }
    check("header slots", bytes.getInt(ViewLayout.HEADER_SLOTS_AT), ViewLayout.HEADER_SLOTS);
    check("body slots", bytes.getInt(ViewLayout.BODY_SLOTS_AT), ViewLayout.BODY_SLOTS);
    check("bytes in a region", bytes.getLong(ViewLayout.REGION_LENGTH), layout.regionLength());
    check("bytes before the regions", bytes.getLong(ViewLayout.FIRST_REGION), layout.region(0));
    check("bytes", length, layout.length());
    final double logWidth = bytes.getDouble(ViewLayout.LOG_WIDTH);
    if (!(logWidth >= logWidth(Lattice.MIN_BPS) && logWidth <= logWidth(Lattice.MAX_BPS))) {
      throw new IllegalArgumentException(damaged("its buckets are " + logWidth + " wide"));
    }
    return layout;
  }

  private static void check(final String what, final long found, final long expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          damaged("it has " + found + " " + what + " where it should have " + expected));
    }
  }

  private static String damaged(final String why) {
    return "a damaged view: " + why + "; start the engine that writes it anew";
  }
}
