package io.liqmap.backfill;

import io.liqmap.engine.core.margin.InstrumentName;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.OutFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The files of a day of an instrument; each is whole or not there.
 *
 * <pre>
 *   OUT/VENUE/SYMBOL/YYYY-MM-DD/snapshot         the state after the day: block header, state
 *                               columns.parquet  the map at the end of each interval
 *                               score.parquet    windows that a score is made of
 *                               day.json         what it was computed from, and its hash: written last
 *                               flaw.json        why the day couldn't be computed
 * </pre>
 */
final class DayFolder {
  private static final String NO_VENUE = "_";

  private final Path folder;

  DayFolder(final Path out, final InstrumentName name, final long day) {
    folder =
        out.resolve(plain(name.venue().isEmpty() ? NO_VENUE : name.venue()))
            .resolve(plain(name.symbol()))
            .resolve(FileDay.text(day));
  }

  /** A name of a venue as one of a folder. */
  private static String plain(final String name) {
    final String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return safe.startsWith(".") ? "_" + safe : safe;
  }

  Path snapshot() {
    return folder.resolve("snapshot");
  }

  Path columns() {
    return folder.resolve("columns.parquet");
  }

  Path score() {
    return folder.resolve("score.parquet");
  }

  private Path day() {
    return folder.resolve("day.json");
  }

  private Path flaw() {
    return folder.resolve("flaw.json");
  }

  /** Null where the day isn't there whole. */
  DayFile file() throws IOException {
    return Files.isRegularFile(snapshot())
            && Files.isRegularFile(columns())
            && Files.isRegularFile(score())
        ? DayFile.read(day())
        : null;
  }

  /** Makes the day one that isn't there. */
  void begin() throws IOException {
    Files.deleteIfExists(day());
  }

  /** Makes the day one that is there. */
  void end(final DayFile file) throws IOException {
    OutFile.write(day(), (to) -> to.print(file.text()));
    Files.deleteIfExists(flaw());
  }

  /** Notes why the day couldn't be computed. */
  void flawed(final DayResult result) throws IOException {
    record Flaw(String instrument, String day, String reason) {}

    OutFile.write(
        flaw(),
        (to) ->
            to.print(
                Json.text(
                    new Flaw(
                        result.name().toString(), FileDay.text(result.day()), result.reason()))));
  }

  void write(final KeyState state) throws IOException {
    final byte[] bytes = state.encode();
    final ByteBuffer header = ByteBuffer.allocate(Envelope.LENGTH);
    new Envelope()
        .set(Envelope.SNAPSHOT, 0, 0, 0, 0, 0, 0, bytes.length)
        .write(new UnsafeBuffer(header), header, ByteBuffer.wrap(bytes), 0, 0);
    OutFile.writeBytes(
        snapshot(),
        (to) -> {
          writeAll(to, header);
          writeAll(to, ByteBuffer.wrap(bytes));
        });
  }

  private static void writeAll(final FileChannel to, final ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  /**
   * Reads the snapshot.
   *
   * @throws FlawedDayException if it is damaged
   */
  KeyState readSnapshot() throws IOException {
    final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(snapshot()));
    final Envelope envelope = new Envelope();
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    if (envelope.read(buffer, 0, bytes.limit()) != null
        || envelope.payloadLength() != bytes.limit() - Envelope.LENGTH
        || !envelope.isIntact(bytes, 0)) {
      throw new FlawedDayException(
          snapshot() + ": is damaged; delete its folder, so that the day is computed again");
    }
    final byte[] state = new byte[envelope.payloadLength()];
    buffer.getBytes(Envelope.LENGTH, state);
    return KeyState.decode(state);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
