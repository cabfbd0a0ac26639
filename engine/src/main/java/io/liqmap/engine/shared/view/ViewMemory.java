package io.liqmap.engine.shared.view;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.shared.SharedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a view: in this process alone, or in a file that others map.
 *
 * <p>Readers and writers share it between threads. The bytes stay as long as anything refers to
 * them: a reader that outlives the writer still sees the last state.
 */
public final class ViewMemory implements AutoCloseable {
  private final ByteBuffer bytes;
  private final UnsafeBuffer buffer;
  private final ViewLayout layout;
  private final boolean[] isClaimed;
  private final SharedFile file;

  /** Empty where this process reads only. */
  private final List<String> variants;

  /**
   * Takes mapped bytes.
   *
   * @param variants names of the maps of each instrument, for the writer
   * @param file they are of, null for none
   */
  ViewMemory(
      final ByteBuffer bytes,
      final ViewLayout layout,
      final List<String> variants,
      final SharedFile file) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new UnsupportedOperationException("views are for little-endian machines");
    }
    this.bytes = bytes;
    this.layout = layout;
    this.variants = variants;
    this.file = file;
    buffer = new UnsafeBuffer(bytes);
    isClaimed = new boolean[layout.regions()];
  }

  /** Makes a view that this process alone reads. */
  public static ViewMemory inProcess(final ViewSettings settings) {
    final ViewLayout layout = settings.layout();
    final ByteBuffer bytes =
        BufferUtil.allocateDirectAligned(layout.length(), ViewLayout.LINE)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, ViewFile.header(layout, settings), 0, SharedFile.HEADER_LENGTH);
    return new ViewMemory(bytes, layout, settings.variants(), null);
  }

  /**
   * Makes a view in a file and replaces an older one, which is marked as ended for its readers.
   *
   * <p>The file gets its name once it is whole and has all its space on the disk. This process
   * holds it until the view is closed or the process ends, so that no other writer replaces it.
   *
   * @throws IOException if a live process writes a view there, if something else is there, or if
   *     making the file fails; says what to do
   */
  public static ViewMemory create(final Path file, final ViewSettings settings) throws IOException {
    return ViewFile.create(file, settings);
  }

  /**
   * Maps the view of another process, or of this one, for reading only.
   *
   * @throws IOException if the file isn't there, or is no view, saying what is wrong
   */
  public static ViewMemory open(final Path file) throws IOException {
    return ViewFile.open(file);
  }

  ViewLayout layout() {
    return layout;
  }

  UnsafeBuffer buffer() {
    return buffer;
  }

  /** The same bytes, for copies of many numbers at once. */
  ByteBuffer bytes() {
    return bytes;
  }

  double logWidth() {
    return buffer.getDouble(ViewLayout.LOG_WIDTH);
  }

  /**
   * Checks that an engine can publish here.
   *
   * @param instruments that it has room for
   * @param resolutionBps width of its buckets
   * @throws IllegalArgumentException if they don't fit, saying what to change
   */
  public void requireFits(final int instruments, final double resolutionBps) {
    if (instruments > instruments()) {
      throw new IllegalArgumentException(
          "the view holds "
              + instruments()
              + " instruments, the engine "
              + instruments
              + ": make them agree");
    }
    if (ViewFile.logWidth(resolutionBps) != logWidth()) {
      throw new IllegalArgumentException(
          "the view's buckets aren't " + resolutionBps + " bp wide, as the engine's are");
    }
  }

  /**
   * Names of the maps of each instrument that are to be published, the first model's whole one
   * first; empty where this process reads only.
   */
  public List<String> variants() {
    return variants;
  }

  /**
   * Number of a region.
   *
   * @param number of the map, 0 for the first model's whole one
   * @throws IllegalArgumentException if the view has none
   */
  int region(final int instrument, final int number) {
    if (instrument < 0 || instrument >= instruments()) {
      throw new IllegalArgumentException(
          "the view holds instruments 0 to " + (instruments() - 1) + ", not " + instrument);
    }
    if (number < 0 || number >= layout.variants()) {
      throw new IllegalArgumentException(
          "the view holds maps 0 to "
              + (layout.variants() - 1)
              + " of each instrument, not "
              + number);
    }
    return instrument * layout.variants() + number;
  }

  /** Grants a region to its only writer. */
  synchronized void claim(final int region) {
    if (bytes.isReadOnly()) {
      // A store into memory that is mapped for reading only would kill the process.
      throw new IllegalStateException("this view was opened for reading only");
    }
    if (region < 0 || region >= isClaimed.length) {
      throw new IllegalArgumentException(
          "the view holds regions 0 to " + (isClaimed.length - 1) + ", not " + region);
    }
    if (isClaimed[region]) {
      throw new IllegalStateException(
          "instrument " + region / layout.variants() + " has a writer already");
    }
    isClaimed[region] = true;
  }

  /** Instruments have numbers below this. */
  public int instruments() {
    return layout.instruments();
  }

  /** Maps of each instrument have numbers below this. */
  public int maps() {
    return layout.variants();
  }

  /**
   * Number of an instrument, −1 if there is none yet, or if several venues have the symbol.
   *
   * @param name {@code venue:symbol}, or the symbol alone, as the feed's definition has them
   */
  public int instrument(final String name) {
    final List<Integer> published =
        IntStream.range(0, instruments())
            .filter((instrument) -> isPublished(region(instrument, 0)))
            .boxed()
            .toList();
    final List<Integer> found = InstrumentName.matching(name, published, this::name);
    return found.size() == 1 ? found.get(0) : -1;
  }

  /** Venue and symbol of an instrument that has been published; empty before. */
  public InstrumentName name(final int instrument) {
    return new InstrumentName(venue(instrument), symbol(instrument));
  }

  /**
   * Number of an instrument's map with a name, −1 if there is none yet: a model or {@code
   * consensus}, with a window behind a slash where not all positions are meant.
   */
  public int map(final int instrument, final String name) {
    for (int number = 0; number < maps(); number++) {
      if (mapName(instrument, number).equals(name)) {
        return number;
      }
    }
    return -1;
  }

  /** Name of an instrument's map that has been published; empty before. */
  public String mapName(final int instrument, final int number) {
    return text(region(instrument, number), ViewLayout.VARIANT, ViewLayout.VARIANT_LENGTH);
  }

  private boolean isPublished(final int region) {
    // What an instrument is was written before its first publication.
    return buffer.getLongAcquire(layout.region(region) + ViewLayout.LATEST) > 0;
  }

  /** Symbol of an instrument that has been published; empty before. */
  public String symbol(final int instrument) {
    return text(region(instrument, 0), ViewLayout.SYMBOL, ViewLayout.SYMBOL_LENGTH);
  }

  /** Venue of an instrument that has been published; empty before. */
  public String venue(final int instrument) {
    return text(region(instrument, 0), ViewLayout.VENUE, ViewLayout.ASSET_LENGTH);
  }

  /** Base asset of an instrument that has been published; empty before. */
  public String baseAsset(final int instrument) {
    return text(region(instrument, 0), ViewLayout.BASE_ASSET, ViewLayout.ASSET_LENGTH);
  }

  /** Quote asset of an instrument that has been published; empty before. */
  public String quoteAsset(final int instrument) {
    return text(region(instrument, 0), ViewLayout.QUOTE_ASSET, ViewLayout.ASSET_LENGTH);
  }

  /** How many members a group that has been published has; 0 of an instrument. */
  public int members(final int group) {
    final int region = region(group, 0);
    return isPublished(region)
        ? Math.max(
            0,
            Math.min(
                layout.members(), buffer.getInt(layout.region(region) + ViewLayout.MEMBER_COUNT)))
        : 0;
  }

  /** Full name of a member of a group that has been published, {@code venue:symbol}. */
  public String member(final int group, final int number) {
    return text(region(group, 0), layout.memberName(number), ViewLayout.MEMBER_NAME_LENGTH);
  }

  private String text(final int region, final int field, final int most) {
    if (!isPublished(region)) {
      return "";
    }
    final int offset = layout.region(region) + field;
    int length = 0;
    while (length < most && buffer.getByte(offset + length) != 0) {
      length++;
    }
    return buffer.getStringWithoutLengthAscii(offset, length);
  }

  /**
   * Whether nothing more will be published: the writer has ended, or another file has replaced this
   * one. Cheap; {@link #isWriterAlive} also detects a killed writer.
   */
  public boolean hasEnded() {
    return buffer.getLongAcquire(ViewLayout.ENDED) != ViewFile.LIVES;
  }

  /** Checksum of the settings of the writer's engine; 0 where it isn't stated. */
  int engine() {
    return buffer.getInt(ViewLayout.ENGINE);
  }

  /** Number of the writer's process. */
  public long writerProcess() {
    return buffer.getLong(ViewLayout.PROCESS);
  }

  /**
   * Whether it hasn't ended, and its writer holds the file, by a file lock of the operating system:
   * clocks and process numbers don't matter there.
   *
   * @throws UncheckedIOException if this reader was closed
   */
  public boolean isWriterAlive() {
    if (hasEnded()) {
      return false;
    }
    if (bytes.getInt(ViewLayout.HELD) == 0 || file == null) {
      return ViewFile.isWriterAlive(bytes);
    }
    try {
      return file.isHeld();
    } catch (final IOException e) {
      throw new UncheckedIOException("the view was closed", e);
    }
  }

  /**
   * The writer's last heartbeat, ms since 1970 by its clock; 0 where it records none. A running
   * engine records one twice a second.
   */
  public long heartbeat() {
    return buffer.getLongAcquire(ViewLayout.HEARTBEAT);
  }

  /**
   * Records that the writer lives; does nothing in a view opened for reading.
   *
   * @param now ms since 1970
   */
  public void recordHeartbeat(final long now) {
    if (!bytes.isReadOnly()) {
      buffer.putLongRelease(ViewLayout.HEARTBEAT, now);
    }
  }

  /**
   * Closes the file; the writer's view is marked as ended for its readers, and the file released.
   *
   * <p>The bytes stay until nothing refers to them: unmapping them under a reader on another thread
   * would bring the process down.
   */
  @Override
  public void close() {
    if (!bytes.isReadOnly() && !hasEnded()) {
      buffer.putLongRelease(ViewLayout.ENDED, ViewFile.ENDED);
    }
    CloseHelper.quietClose(file);
  }
}
