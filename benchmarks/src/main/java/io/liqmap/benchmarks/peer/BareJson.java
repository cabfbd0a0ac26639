package io.liqmap.benchmarks.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Jackson's streaming parser with the gateway's settings, all tokens of a frame read and no value
 * of them: the least that reading such a frame with it takes. One thread.
 */
public final class BareJson {
  private final JsonFactory factory =
      new JsonFactoryBuilder()
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .configure(JsonFactory.Feature.CHARSET_DETECTION, false)
          .build();

  /** Reads a frame; returns the number of its tokens. */
  public int parse(final byte[] frame, final int offset, final int length) throws IOException {
    int tokens = 0;
    try (JsonParser parser = factory.createParser(frame, offset, length)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
    return tokens;
  }

  /** Makes and closes a parser without reading the frame; what it returns is never 0. */
  public int open(final byte[] frame, final int offset, final int length) throws IOException {
    try (JsonParser parser = factory.createParser(frame, offset, length)) {
      return parser.hashCode() | 1;
    }
  }
}
