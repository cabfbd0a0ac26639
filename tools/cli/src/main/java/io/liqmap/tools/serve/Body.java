package io.liqmap.tools.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * What an answer sends, with its type; compressed at most once, when first asked for. For any
 * thread.
 */
final class Body {
  static final String JSON = "application/json; charset=utf-8";
  static final String BINARY = "application/octet-stream";

  /** Below, the headers of a compressed answer cost what it saves. */
  private static final int WORTHWHILE = 1_024;

  private final String type;
  private final byte[] bytes;
  private final String tag;
  private final boolean isLasting;
  private byte[] compressed;

  private Body(final String type, final byte[] bytes, final String tag, final boolean isLasting) {
    this.type = type;
    this.bytes = bytes;
    this.tag = tag;
    this.isLasting = isLasting;
  }

  static Body json(final String text) {
    return new Body(JSON, text.getBytes(StandardCharsets.UTF_8), null, false);
  }

  static Body html(final String text) {
    return new Body("text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), null, false);
  }

  static Body of(final String type, final byte[] bytes) {
    return new Body(type, bytes, null, false);
  }

  /** With a tag by which a browser can ask whether it has changed. */
  Body tagged(final String newTag) {
    return new Body(type, bytes, '"' + newTag + '"', false);
  }

  /** Tagged by its content. */
  Body tagged() {
    final CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return tagged(Long.toHexString(checksum.getValue()) + '-' + bytes.length);
  }

  /** At an address that never has other content. */
  Body lasting() {
    return new Body(type, bytes, tag, true);
  }

  String type() {
    return type;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Null for none. */
  String tag() {
    return tag;
  }

  boolean isLasting() {
    return isLasting;
  }

  boolean isCompressible() {
    return bytes.length >= WORTHWHILE
        && (type.startsWith("text/") || type.equals(JSON) || type.equals("image/svg+xml"));
  }

  /** Several streams may ask at once. */
  synchronized byte[] compressed() {
    if (compressed == null) {
      final ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
      try (GZIPOutputStream gzip = new FastGzip(out)) {
        gzip.write(bytes);
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
      compressed = out.toByteArray();
    }
    return compressed;
  }

  /** A megabyte of JSON shrinks to a tenth at the fastest level already. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(final ByteArrayOutputStream out) throws IOException {
      super(out, 1 << 13);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
