package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.lattice.Lattice;
import io.liqmap.engine.files.HeldFile;
import io.liqmap.engine.files.PlainFile;
import io.liqmap.engine.shared.SharedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** The file of a view: its header and its only writer. */
final class ViewFile {
  /** The writer hasn't ended. */
  static final long LIVES = 0;

  /** The writer has ended in order. */
  static final long ENDED = 1;

  /** The writer was gone, and another file has replaced this one. */
  static final long REPLACED = 2;

  private static final SharedFile.Kind KIND =
      new SharedFile.Kind("view", "LIQVIEW1", 3, Long.MAX_VALUE);

  private ViewFile() {}

  static ViewMemory create(final Path file, final ViewSettings settings) throws IOException {
    final ViewLayout layout = settings.layout();
    // Held before the older one is checked: two engines that check at once would both find none.
    final SharedFile made = SharedFile.create(file, KIND);
    try (FileChannel before = previous(file.toAbsolutePath())) {
      final ByteBuffer header = header(layout, settings);
      final ByteBuffer bytes = made.map(header.putInt(ViewLayout.HELD, 1), layout.length());
      made.publish();
      if (before != null) {
        retire(before);
      }
      return new ViewMemory(bytes, layout, settings.variants(), made);
    } catch (final IOException | RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  /** The view that a new one may replace, null if there is none. */
  private static FileChannel previous(final Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    PlainFile.requireSole(file);
    final boolean isHeld = HeldFile.isHeld(file);
    final ByteBuffer header =
        HeldFile.read(file, (channel) -> SharedFile.read(channel, SharedFile.HEADER_LENGTH));
    if (!KIND.matches(header)) {
      throw new IOException(
          file + ": something else than a view is there; move it away, or choose another path");
    }
    if (isHeld || isWriterAlive(header)) {
      throw new IOException(
          file
              + ": process "
              + header.getLong(ViewLayout.PROCESS)
              + " writes its view there; stop it, or choose another path");
    }
    return PlainFile.open(file);
  }

  /** Marks an older view as replaced, for its readers. */
  private static void retire(final FileChannel before) throws IOException {
    final ByteBuffer end = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    before.write(end.putLong(0, REPLACED), ViewLayout.ENDED);
  }

  static ViewMemory open(final Path file) throws IOException {
    final SharedFile read = SharedFile.open(file, KIND);
    try {
      final ViewLayout layout = layoutOf(read.header(), read.length());
      return new ViewMemory(read.map(layout.length()), layout, List.of(), read);
    } catch (final IllegalArgumentException e) {
      read.close();
      throw read.refused(e.getMessage());
    } catch (final IOException e) {
      read.close();
      throw e;
    }
  }

  static ByteBuffer header(final ViewLayout layout, final ViewSettings settings) {
    final ProcessHandle self = ProcessHandle.current();
    return KIND.header()
        .putInt(ViewLayout.REGIONS, layout.regions())
        .putLong(ViewLayout.REGION_LENGTH, layout.regionLength())
        .putLong(ViewLayout.FIRST_REGION, layout.region(0))
        .putInt(ViewLayout.BUCKETS, layout.buckets())
        .putInt(ViewLayout.HEADER_SLOTS_AT, ViewLayout.HEADER_SLOTS)
        .putInt(ViewLayout.BODY_SLOTS_AT, ViewLayout.BODY_SLOTS)
        .putInt(ViewLayout.CLUSTERS, layout.clusters())
        .putInt(ViewLayout.LEVERAGES, layout.leverages())
        .putInt(ViewLayout.MEMBERS, layout.members())
        .putInt(ViewLayout.VARIANTS, layout.variants())
        .putInt(ViewLayout.ENGINE, settings.engine())
        .putDouble(ViewLayout.LOG_WIDTH, logWidth(settings.resolutionBps()))
        .putLong(ViewLayout.PROCESS, self.pid())
        .putLong(ViewLayout.PROCESS_START, SharedFile.startOf(self));
  }

  static double logWidth(final double resolutionBps) {
    return StrictMath.log1p(resolutionBps / 10_000);
  }

  /**
   * Whether the process lives that a header names, for a view whose writer doesn't hold its file.
   */
  static boolean isWriterAlive(final ByteBuffer header) {
    return header.getLong(ViewLayout.ENDED) == LIVES
        && header.getInt(ViewLayout.HELD) == 0
        && SharedFile.isAlive(
            header.getLong(ViewLayout.PROCESS), header.getLong(ViewLayout.PROCESS_START));
  }

  /**
   * Reads how a view is laid out.
   *
   * @param length of the file
   * @throws IllegalArgumentException if it is damaged or none, saying why
   */
  static ViewLayout layoutOf(final ByteBuffer bytes, final long length) {
    final String flaw = KIND.flaw(bytes);
    if (flaw != null) {
      throw new IllegalArgumentException(flaw);
    }
    final ViewLayout layout;
    try {
      layout =
          new ViewLayout(
              bytes.getInt(ViewLayout.REGIONS),
              bytes.getInt(ViewLayout.VARIANTS),
              bytes.getInt(ViewLayout.BUCKETS),
              bytes.getInt(ViewLayout.CLUSTERS),
              bytes.getInt(ViewLayout.LEVERAGES),
              bytes.getInt(ViewLayout.MEMBERS));
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
    return "a damaged view: " + why + "; start its engine again";
  }
}
