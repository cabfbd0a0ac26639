package io.liqmap.tools.history;

import io.liqmap.engine.files.FolderAccess;
import io.liqmap.engine.files.PlainFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;

/**
 * A journal's history on disk, so that the next reader needn't replay the journal: {@code
 * DIR/history/columns}. Made from the journal alone and never trusted against it: what isn't of
 * this journal, this version and whole, is made again.
 *
 * <pre>
 *   block:  0 u32 kind │ 4 u32 length n │ 8 u32 CRC32C of kind, length and content │ 12 content[n]
 *
 *   HEAD 1, the first
 *     0 u64 "LIQMHIST" │ 8 u32 version │ 12 u32 chain start of the journal │ 16 u32 checksum of its settings
 *     20 i64 first time │ 28 i64 every │ 36 i64 end: columns and events up to this, ns
 *     44 i64 sequence │ 52 i64 state hash, of a snapshot of the journal at or after the end
 *   COLUMNS 2, in the order of time for each instrument
 *     utf name │ f64 price unit │ i32 samples │ i32 length │ packed as SampleBlock has it
 *   EVENTS 3, one for each instrument and kind
 *     utf name │ utf quote │ u8 kind │ i64 left out until │ i32 count
 *     count · (i64 sequence │ i64 time │ u8 side │ f64 price, low, high, notional │ i64 cluster)
 *   END 4, the last: i64 blocks before
 *   big-endian; utf: u16 length and modified UTF-8
 * </pre>
 *
 * Written to a file of another name and renamed, so that of two writers one wins.
 */
final class HistoryFile {
  private static final long MAGIC = 0x4C49514D48495354L;
  private static final int VERSION = 1;
  private static final int HEAD = 1;
  private static final int COLUMNS = 2;
  private static final int EVENTS = 3;
  private static final int END = 4;
  private static final int MOST_BLOCK = 1 << 28;

  /** Much more than a history has. */
  private static final long MOST_FILE = 1L << 31;

  private final Path file;

  HistoryFile(final Path journal) {
    file = journal.resolve("history").resolve("columns");
  }

  /** Where it is. */
  Path path() {
    return file;
  }

  /**
   * Reads it.
   *
   * @return null where there is none
   * @throws IOException if it isn't whole or of another version
   */
  SavedHistory read() throws IOException {
    final FileChannel channel;
    try {
      channel = PlainFile.read(file);
    } catch (final NoSuchFileException e) {
      return null;
    }
    try (channel;
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16)) {
      if (channel.size() > MOST_FILE) {
        throw new IOException("it has " + channel.size() + " bytes");
      }
      return read(new DataInputStream(in), channel.size());
    } catch (final DataFormatException | RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static SavedHistory read(final DataInputStream in, final long size)
      throws IOException, DataFormatException {
    SavedHistory saved = null;
    long left = size;
    long blocks = 0;
    while (true) {
      final int kind = in.readInt();
      final int length = in.readInt();
      final int checksum = in.readInt();
      left -= 12;
      if (length < 0 || length > MOST_BLOCK || length > left) {
        throw new IOException("a block of " + length + " bytes");
      }
      final byte[] content = in.readNBytes(length);
      left -= length;
      if (content.length != length || checksum(kind, content) != checksum) {
        throw new IOException("the checksum of block " + blocks + " doesn't match");
      }
      final DataInputStream block = new DataInputStream(new ByteArrayInputStream(content));
      if ((kind == HEAD) != (blocks == 0)) {
        throw new IOException("the head isn't the first block");
      }
      switch (kind) {
        case HEAD -> saved = head(block);
        case COLUMNS -> columns(block, saved);
        case EVENTS -> events(block, saved);
        case END -> {
          if (block.readLong() != blocks || left != 0) {
            throw new IOException("it has another number of blocks than it says");
          }
          return saved;
        }
        default -> throw new IOException("a block of kind " + kind);
      }
      if (block.available() > 0) {
        throw new IOException("a block is longer than its content");
      }
      blocks++;
    }
  }

  private static SavedHistory head(final DataInputStream in) throws IOException {
    if (in.readLong() != MAGIC || in.readInt() != VERSION) {
      throw new IOException("it is of another version");
    }
    return new SavedHistory(
        new SavedHistory.Origin(in.readInt(), in.readInt()),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }

  private static void columns(final DataInputStream in, final SavedHistory saved)
      throws IOException, DataFormatException {
    final String name = in.readUTF();
    final double priceUnit = in.readDouble();
    final int count = in.readInt();
    final int length = in.readInt();
    saved.add(name, priceUnit, SampleBlock.read(in.readAllBytes(), length, count));
  }

  private static void events(final DataInputStream in, final SavedHistory saved)
      throws IOException {
    final String name = in.readUTF();
    final String quote = in.readUTF();
    final int kind = in.readUnsignedByte();
    final long cutUntil = in.readLong();
    final int count = in.readInt();
    if (kind >= HistoryEvent.Kind.values().length
        || count < 0
        || in.available() != (long) count * LoggedEvent.LENGTH) {
      throw new IOException(count + " events of kind " + kind);
    }
    final LoggedEvent[] events = new LoggedEvent[count];
    for (int i = 0; i < count; i++) {
      events[i] =
          new LoggedEvent(
              in.readLong(),
              in.readLong(),
              (byte) kind,
              in.readByte(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readDouble(),
              in.readLong());
    }
    saved.add(new SavedHistory.Events(name, quote, kind, cutUntil, List.of(events)));
  }

  /**
   * Writes it.
   *
   * @throws IOException if writing to the folder fails
   */
  void write(final SavedHistory saved) throws IOException {
    FolderAccess.make(file.getParent());
    FolderAccess.requireOwn(file.getParent());
    final Path written = file.resolveSibling("columns." + UUID.randomUUID() + ".new");
    try {
      try (FileChannel channel = PlainFile.create(written);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        write(saved, new DataOutputStream(out));
      }
      PlainFile.requireReplaceable(file);
      move(written);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private void move(final Path written) throws IOException {
    try {
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (final AtomicMoveNotSupportedException e) {
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void write(final SavedHistory saved, final DataOutputStream out)
      throws IOException {
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    final DataOutputStream block = new DataOutputStream(content);
    block.writeLong(MAGIC);
    block.writeInt(VERSION);
    block.writeInt(saved.origin().chainStart());
    block.writeInt(saved.origin().checksum());
    block.writeLong(saved.firstTime());
    block.writeLong(saved.every());
    block.writeLong(saved.end());
    block.writeLong(saved.sequence());
    block.writeLong(saved.stateHash());
    put(HEAD, content, out);
    long blocks = 1;
    for (final SavedHistory.Track track : saved.tracks()) {
      for (final SampleBlock samples : track.blocks()) {
        block.writeUTF(track.name());
        block.writeDouble(track.priceUnit());
        block.writeInt(samples.count());
        block.writeInt(samples.length());
        block.write(samples.packed());
        put(COLUMNS, content, out);
        blocks++;
      }
    }
    for (final SavedHistory.Events events : saved.events()) {
      block.writeUTF(events.name());
      block.writeUTF(events.quote());
      block.writeByte(events.kind());
      block.writeLong(events.cutUntil());
      block.writeInt(events.events().size());
      for (final LoggedEvent event : events.events()) {
        put(event, block);
      }
      put(EVENTS, content, out);
      blocks++;
    }
    block.writeLong(blocks);
    put(END, content, out);
    out.flush();
  }

  private static void put(final LoggedEvent event, final DataOutputStream out) throws IOException {
    out.writeLong(event.sequence());
    out.writeLong(event.time());
    out.writeByte(event.side());
    out.writeDouble(event.price());
    out.writeDouble(event.priceLow());
    out.writeDouble(event.priceHigh());
    out.writeDouble(event.notional());
    out.writeLong(event.cluster());
  }

  private static void put(
      final int kind, final ByteArrayOutputStream content, final DataOutputStream out)
      throws IOException {
    final byte[] bytes = content.toByteArray();
    content.reset();
    out.writeInt(kind);
    out.writeInt(bytes.length);
    out.writeInt(checksum(kind, bytes));
    out.write(bytes);
  }

  private static int checksum(final int kind, final byte[] content) {
    final CRC32C crc = new CRC32C();
    for (final int word : new int[] {kind, content.length}) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        crc.update(word >>> shift & 0xFF);
      }
    }
    crc.update(content);
    return (int) crc.getValue();
  }
}
