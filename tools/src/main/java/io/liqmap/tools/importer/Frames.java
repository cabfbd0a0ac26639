package io.liqmap.tools.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.liqmap.engine.feed.FeedAdapter;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Recorded frames, a line each: time of receipt in ns, a blank, JSON; as it came, or inside of
 * {@code data} as combined streams send it. One at a time.
 */
final class Frames implements Closeable {
  private static final long FROM = 946_684_800_000_000_000L;
  private static final long TO = 4_102_444_800_000_000_000L;
  private static final int MAX_LINE = 1 << 20;

  private final Path file;
  private final BufferedReader lines;
  private final JsonFactory json = new JsonFactory();
  private final Map<String, String> fields = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private long line;
  private long received;

  Frames(final Path recorded, final long maxExpanded) throws IOException {
    file = recorded;
    lines =
        new BufferedReader(
            new InputStreamReader(DataFile.open(recorded, maxExpanded), StandardCharsets.UTF_8));
  }

  /** Goes to the next frame; empty lines are passed by. */
  boolean next() throws IOException {
    String text;
    do {
      text = readLine();
      line++;
      if (text == null) {
        return false;
      }
    } while (text.isBlank());
    final int blank = text.indexOf(' ');
    if (blank < 0) {
      throw bad(
          "no blank between the time of receipt and the frame",
          "a line has to be the time in ns, a blank, and the frame as JSON");
    }
    received = time(text.substring(0, blank), 0, "the time of receipt", "ns");
    fields.clear();
    try (JsonParser parser = json.createParser(text.substring(blank + 1))) {
      read(parser);
    } catch (final JsonProcessingException e) {
      final ImportException flaw =
          bad("the frame is no JSON (" + e.getOriginalMessage() + ")", "the line is broken or cut");
      flaw.initCause(e);
      throw flaw;
    }
    return true;
  }

  /** A line, never more of it than a frame may have: a reader's own would take any. */
  private String readLine() throws IOException {
    try {
      text.setLength(0);
      int next = lines.read();
      final boolean isEnd = next < 0;
      while (next >= 0 && next != '\n') {
        if (text.length() == MAX_LINE) {
          line++;
          throw bad("longer than a frame may be", "get the file again");
        }
        text.append((char) next);
        next = lines.read();
      }
      return isEnd ? null : text.toString();
    } catch (final ImportException e) {
      throw e;
    } catch (final IOException e) {
      line++;
      final ImportException flaw =
          bad("can't be read from here on (" + e.getMessage() + ")", "get the file again");
      flaw.initCause(e);
      throw flaw;
    }
  }

  /** Keeps plain values: of the event by their names, of an order in it as {@code o.name}. */
  private void read(final JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw bad("the frame is no JSON object", "get the file again");
    }
    readObject(parser, "");
    if (parser.nextToken() != null) {
      throw bad("something stands behind the frame", "get the file again");
    }
  }

  private void readObject(final JsonParser parser, final String path) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      final String name = parser.currentName();
      final JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && path.isEmpty() && name.equals("data")) {
        readObject(parser, "");
      } else if (value == JsonToken.START_OBJECT && path.isEmpty() && name.equals("o")) {
        readObject(parser, "o.");
      } else if (value.isScalarValue()) {
        fields.put(path + name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
  }

  /** When the frame was received, ns. */
  long received() {
    return received;
  }

  /** A value as text, null where the frame has none. */
  String text(final String field) {
    return fields.get(field);
  }

  boolean is(final String field, final String value) {
    return value.equals(fields.get(field));
  }

  boolean isEmpty(final String field) {
    final String value = fields.get(field);
    return value == null || value.isEmpty() || value.equals("null");
  }

  /** Time of a field in ms, as ns. */
  long millis(final String field) throws ImportException {
    return time(required(field), 6, field, "ms");
  }

  private long time(final String text, final int decimals, final String what, final String in)
      throws ImportException {
    final long value = parse(what, text, decimals, false);
    if (value < FROM || value > TO) {
      throw bad(
          what + ": " + ImportException.quote(text) + " is no time between 2000 and 2100 in " + in,
          "check what the times are");
    }
    return value;
  }

  /** Mantissa of a price or quantity that isn't negative. */
  long amount(final String field, final int exponent) throws ImportException {
    final String text = required(field);
    final long value = parse(field, text, -exponent, false);
    if (value < 0 || value > FeedAdapter.MAX_MANTISSA) {
      throw bad(
          field + ": " + ImportException.quote(text) + " is negative or too large",
          "get the file again, or set a higher exponent for the instrument");
    }
    return value;
  }

  /** Mantissa of any sign, rounded where it is finer. */
  long decimal(final String field, final int exponent) throws ImportException {
    return parse(field, required(field), -exponent, true);
  }

  private String required(final String field) throws ImportException {
    if (isEmpty(field)) {
      throw bad("the frame has no " + field, "get the file again");
    }
    return fields.get(field);
  }

  private long parse(
      final String field, final String text, final int decimals, final boolean rounds)
      throws ImportException {
    try {
      return Decimal.parse(text.toCharArray(), 0, text.length(), decimals, rounds);
    } catch (final NumberFormatException flaw) {
      throw bad(
          field + ": " + ImportException.quote(text) + " " + flaw.getMessage(),
          "get the file again, or set another exponent for the instrument");
    }
  }

  ImportException bad(final String what, final String advice) {
    return ImportException.at(file, line, what, advice);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
