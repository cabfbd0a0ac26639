package io.liqmap.engine.pipeline;

import io.liqmap.engine.core.state.StateHash;
import io.liqmap.engine.feed.Envelope;
import io.liqmap.engine.settings.EngineSettings;
import io.liqmap.engine.settings.ThreadingMode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A small journal whose files are changed as bytes say, and put back again.
 *
 * <pre>
 *   0      1            4               8
 *   +------+------------+---------------+
 *   | what | where      | how           |   as often as the bytes last
 *   +------+------------+---------------+
 * </pre>
 */
final class CorruptedJournal {
  private static final int CHANGE = 8;
  private static final int CUT = 8;
  private static final int CHECKSUM_AT = 32;
  private static final int CHAIN_START_AT = 48;
  private static final int PLACES_AT = 64;
  private static final int PLACE = 64;
  private static final int PLACE_LENGTH = 52;
  private static final int STATE_HASH_AT = Envelope.LENGTH + 32;
  private static final int STATE_AT = Envelope.LENGTH + 44;
  private static final int MAGIC = 0x424D514C;
  private static final int LENGTH_MASK = 0x3FFFFFFF;
  private static final int MOST_CHANGES = 16;

  private final Path folder;
  private final Path queue;
  private final Path mark;

  /** As far as documents go; the rest of the file is zeros. */
  private final byte[] wholeQueue;

  private final byte[] wholeMark;
  private final int wholeLength;
  private final List<Integer> documents = new ArrayList<>();
  private final int used;

  private CorruptedJournal(final Path folder) throws IOException {
    this.folder = folder;
    mark = folder.resolve("liqmap.journal");
    try (Stream<Path> files = Files.list(folder.resolve("queue"))) {
      queue = files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
    }
    wholeMark = Files.readAllBytes(mark);
    final byte[] content = Files.readAllBytes(queue);
    final ByteBuffer bytes = ordered(content);
    for (int at = 4; at + Envelope.LENGTH <= content.length; at += 4) {
      if (bytes.getInt(at) == MAGIC) {
        documents.add(at);
      }
    }
    final int last = documents.get(documents.size() - 1);
    used = last + (bytes.getInt(last - 4) & LENGTH_MASK) + 64;
    wholeQueue = Arrays.copyOf(content, used);
    wholeLength = content.length;
  }

  /** Writes a journal of several documents, of each kind. */
  static CorruptedJournal in(final Path folder) throws Exception {
    final EngineSettings settings = EngineSettingsFixture.of(ThreadingMode.INLINE, 64, 1);
    try (Engine engine = Engine.launch(settings, folder, Outputs.NONE)) {
      engine.run(new RandomFeed(3, 300, 50, false, 10), ReplayPace.max());
      engine.finish();
    }
    return new CorruptedJournal(folder);
  }

  Path folder() {
    return folder;
  }

  int documents() {
    return documents.size();
  }

  void damage(final byte[] changes) throws IOException {
    final byte[] bytes = wholeQueue.clone();
    final byte[] markBytes = wholeMark.clone();
    final ByteBuffer input = ordered(changes);
    int length = wholeLength;
    for (int i = 0; i + CHANGE <= changes.length && i < CHANGE * MOST_CHANGES; i += CHANGE) {
      final int where = input.getInt(i) >>> 8;
      if ((changes[i] & CUT) != 0) {
        length = where % (used + 1);
      } else {
        change(bytes, markBytes, changes[i] & 7, where, input.getInt(i + 4));
      }
    }
    write(bytes, markBytes, length);
  }

  private void change(
      final byte[] bytes, final byte[] markBytes, final int what, final int where, final int how) {
    final int at = where % (used - 4);
    final int document = documents.get(where % documents.size());
    switch (what) {
      case 0 -> change(bytes, at, how);
      case 1 -> change(markBytes, where % (wholeMark.length - 4), how);
      // The header of Chronicle Queue's.
      case 2 -> change(bytes, document - 4, how);
      case 3 -> change(bytes, document + (how >>> 24), how & 0xFFFFFF);
      case 4 -> {
        final int from = (how >>> 12) % (used - 4);
        final int length = Math.min(how & 0xFFF, used - Math.max(at, from));
        System.arraycopy(wholeQueue, from, bytes, at, length);
      }
      case 5 -> {
        final int other = documents.get((how & 0xFFFF) % documents.size());
        final int length = lengthAt(document);
        if (other + length <= used) {
          System.arraycopy(wholeQueue, document - 4, bytes, other - 4, length + 4);
        }
      }
      case 6 -> Arrays.fill(bytes, at, at + Math.min(how & 0xFFFF, used - at), (byte) 0);
      default -> {
        final int from = (how >>> 16) % wholeMark.length;
        final int to = where % wholeMark.length;
        final int length = Math.min(how & 0xFF, wholeMark.length - Math.max(from, to));
        System.arraycopy(wholeMark, from, markBytes, to, length);
      }
    }
  }

  private static void change(final byte[] bytes, final int at, final int how) {
    final ByteBuffer buffer = ordered(bytes);
    if (at + 4 <= bytes.length) {
      buffer.putInt(at, buffer.getInt(at) ^ how);
    }
  }

  private int lengthAt(final int document) {
    return ordered(wholeQueue).getInt(document - 4) & LENGTH_MASK;
  }

  /**
   * Changes documents and the mark's places, and makes all checksums right again.
   *
   * <p>Here the bytes say which document, where in it, and the change; from 128 on, which place.
   */
  void forge(final byte[] changes) throws IOException {
    final byte[] bytes = wholeQueue.clone();
    final byte[] markBytes = wholeMark.clone();
    final ByteBuffer input = ordered(changes);
    for (int i = 0; i + CHANGE <= changes.length && i < CHANGE * MOST_CHANGES; i += CHANGE) {
      final int where = input.getInt(i) >>> 8;
      if (changes[i] < 0) {
        final int place = PLACES_AT + PLACE * (changes[i] & 3);
        change(markBytes, place + where % (PLACE_LENGTH / 4) * 4, input.getInt(i + 4));
        sum(markBytes, place);
      } else {
        final int document = documents.get(changes[i] % documents.size());
        final int at = where % lengthAt(document);
        change(bytes, Math.min(document + at, used - 4), input.getInt(i + 4));
      }
    }
    ordered(markBytes).putInt(CHECKSUM_AT, chain(bytes));
    write(bytes, markBytes, wholeLength);
  }

  private static void sum(final byte[] markBytes, final int place) {
    final CRC32C crc = new CRC32C();
    crc.update(markBytes, place, PLACE_LENGTH);
    ordered(markBytes).putInt(place + PLACE_LENGTH, (int) crc.getValue());
  }

  /** The checksum of the last document, once each has its own and that of the one before. */
  private int chain(final byte[] bytes) {
    final ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    direct.order(ByteOrder.LITTLE_ENDIAN);
    final UnsafeBuffer buffer = new UnsafeBuffer(direct);
    final Envelope envelope = new Envelope();
    int number = 0;
    int previous = ordered(wholeMark).getInt(CHAIN_START_AT);
    for (final int document : documents) {
      if (envelope.read(buffer, document, Envelope.LENGTH) == null
          && envelope.payloadLength() <= lengthAt(document) - Envelope.LENGTH) {
        hash(buffer, envelope, document);
        envelope.write(buffer, direct, document, number, previous);
      }
      previous = direct.getInt(document + 56);
      number++;
    }
    direct.get(0, bytes);
    return previous;
  }

  /** The state's own hash, where a snapshot holds a whole state. */
  private static void hash(final UnsafeBuffer buffer, final Envelope envelope, final int document) {
    final int length = envelope.payloadLength() + Envelope.LENGTH - STATE_AT;
    if (envelope.kind() == Envelope.SNAPSHOT
        && length >= 0
        && buffer.getInt(document + STATE_AT - 4) == length) {
      final long hash = StateHash.of(buffer, document + STATE_AT, length);
      buffer.putLong(document + STATE_HASH_AT, hash, ByteOrder.LITTLE_ENDIAN);
    }
  }

  void putBack() throws IOException {
    write(wholeQueue, wholeMark, wholeLength);
  }

  private void write(final byte[] queueBytes, final byte[] markBytes, final int length)
      throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(queue.toFile(), "rw")) {
      file.write(queueBytes, 0, Math.min(used, length));
      file.setLength(length);
    }
    try (RandomAccessFile file = new RandomAccessFile(mark.toFile(), "rw")) {
      file.write(markBytes);
    }
  }

  private static ByteBuffer ordered(final byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
