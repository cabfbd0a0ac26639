package io.liqmap.tools.serve;

import io.liqmap.tools.answer.MapRequest;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Which map is asked for, in words: those who ask for the same share what is made.
 *
 * @param instrument null for the only one
 * @param model null for the first
 * @param window label
 */
record MapAsked(String instrument, String model, String window) {
  static MapAsked of(final Query query) {
    return new MapAsked(query.text("instrument"), query.text("model"), query.text("window", "all"));
  }

  /**
   * The request that it is.
   *
   * @throws Problem if there is no such window
   */
  MapRequest request() throws Problem {
    try {
      return MapRequest.of(MapRequest.Words.PARAMETERS, instrument, model, window);
    } catch (final IllegalArgumentException e) {
      throw new Problem(Problem.BAD_REQUEST, e.getMessage());
    }
  }

  /** Distinguishes maps of one state. */
  String tag() {
    final CRC32C checksum = new CRC32C();
    checksum.update(toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(checksum.getValue());
  }
}
