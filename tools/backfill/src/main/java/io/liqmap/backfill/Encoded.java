package io.liqmap.backfill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Records of the job as bytes: written and read in memory, where neither fails. */
final class Encoded {
  private Encoded() {}

  /** Writes a record. */
  @FunctionalInterface
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Reads a record. */
  @FunctionalInterface
  interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  /**
   * Bytes of a record.
   *
   * @param room that it is thought to take
   */
  static byte[] of(final int room, final Writing record) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream(room);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      record.to(out);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static <T> T read(final byte[] bytes, final Reading<T> record) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return record.from(in);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
