package io.liqmap.tools.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.liqmap.engine.feed.FeedAdapter;
import io.liqmap.gateway.venue.Decimal;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recorded frames, a line each: time of receipt in s, ms, µs or ns and a blank, or no such time;
 * JSON as it came, or inside of {@code data} as combined streams send it; one event or an array of
 * them. One event at a time; of an array only those of the symbol.
 *
 * <p>An incomplete line is reported as a flaw: recordings end where their recorder was killed, and
 * are unrepeatable.
 */
final class Frames implements Closeable {
  static final String CUT = "line cut by the end of the file";
  static final String DAMAGED = "line cut by damage";
  static final String BROKEN = "broken line";

  private static final long FROM = 946_684_800_000_000_000L;
  private static final long TO = 4_102_444_800_000_000_000L;
  private static final int NANO_DECIMALS = 9;
  private static final int STEP = 3;
  private static final int UNKNOWN = -1;
  private static final int NO_TIME = -2;

  /** Broken lines that any recording may have, and beyond that one in so many. */
  private static final long FEW_BROKEN = 16;

  private static final long ONE_BROKEN_IN = 100;
  private static final int NAMED = 4;
  private static final List<String> TIMES = List.of("E", "T", "o.T", "time");

  /** What can be done about a frame that isn't as the venue writes them. */
  static final String ADVICE =
      "check that the frame is as the venue sent it, or leave the line out";

  private final RecordedFile file;
  private final String symbol;
  private final RecordedLines lines;
  private final JsonFactory json = new JsonFactory();
  private final Deque<Map<String, String>> pending = new ArrayDeque<>();
  private final List<String> holes = new ArrayList<>();
  private Map<String, String> fields = Map.of();
  private String stream;
  private String flaw;

  /** Decimals of ns that the unit of times of receipt has. */
  private int unit = UNKNOWN;

  private long received;
  private long whole;
  private long lastWholeLine;
  private long lastWholeByte;
  private long lastTime = Long.MIN_VALUE;
  private long breaks;
  private long broken;
  private String firstBroken;
  private boolean endsCut;

  Frames(final RecordedFile recorded, final String ofSymbol) throws IOException {
    file = recorded;
    symbol = ofSymbol;
    lines = new RecordedLines(recorded);
  }

  /**
   * Goes to the next event or flaw; empty lines are skipped.
   *
   * @throws ImportException at the end, if too many lines are broken
   */
  boolean next() throws IOException {
    flaw = null;
    if (!pending.isEmpty()) {
      fields = pending.poll();
      return true;
    }
    while (lines.next()) {
      final String text = lines.text();
      if (!text.isBlank()) {
        fields = Map.of();
        read(text.startsWith("\ufeff") ? text.substring(1) : text);
        return true;
      }
    }
    requireMostlyWhole();
    return false;
  }

  private void read(final String text) throws IOException {
    pending.clear();
    stream = null;
    try {
      final int start = start(text);
      final int newUnit = receipt(text.substring(0, start));
      try (JsonParser parser = json.createParser(text.substring(start))) {
        read(parser);
      }
      if (unit == UNKNOWN) {
        unit = newUnit;
      }
    } catch (final JsonProcessingException e) {
      reject("the frame is no JSON (" + e.getOriginalMessage() + ")");
      return;
    } catch (final Flaw e) {
      reject(e.getMessage());
      return;
    }
    fields = pending.poll();
    whole++;
    lastWholeLine = lines.number();
    lastWholeByte = lines.position();
    noteHole();
    lastTime = received();
  }

  private void reject(final String why) {
    pending.clear();
    fields = Map.of();
    flaw =
        switch (lines.ends()) {
          case CUT -> CUT;
          case DAMAGED -> DAMAGED;
          case WHOLE -> BROKEN;
        };
    endsCut |= lines.ends() == RecordedLines.Ends.CUT;
    if (lines.ends() == RecordedLines.Ends.WHOLE) {
      broken++;
      firstBroken = firstBroken == null ? "line " + lines.number() + ": " + why : firstBroken;
    }
  }

  private void noteHole() throws ImportException {
    if (lines.breaks() == breaks) {
      return;
    }
    breaks = lines.breaks();
    if (lastTime != Long.MIN_VALUE) {
      holes.add(
          "frames may be missing from "
              + Instant.ofEpochSecond(0, lastTime)
              + " to "
              + Instant.ofEpochSecond(0, received())
              + ", before line "
              + lines.number()
              + " (damage)");
    }
  }

  private void requireMostlyWhole() throws ImportException {
    if (broken > 0
        && (whole == 0 || (broken > FEW_BROKEN && broken * ONE_BROKEN_IN > whole + broken))) {
      throw ImportException.in(
          file.path(),
          firstBroken + ": " + broken + " of " + (whole + broken) + " lines are broken",
          "a line has to be a frame as JSON, after its time of receipt in s, ms, µs or ns and a"
              + " blank if it was kept");
    }
  }

  List<String> notes() throws ImportException {
    final List<String> notes = new ArrayList<>(file.notes());
    holes.stream().limit(NAMED).forEach(notes::add);
    if (holes.size() > NAMED) {
      notes.add((holes.size() - NAMED) + " more holes by damage");
    }
    if (broken > 0) {
      notes.add(broken + " broken lines in its middle, the first " + firstBroken);
    }
    if (unit == NO_TIME) {
      notes.add("no times of receipt: the event times E were used instead");
    }
    final RecordedFile.Stretch cut = lines.cutMember();
    if (endsCut || cut != null) {
      notes.add(
          (cut == null
                  ? "ends in the middle of a line"
                  : "ends inside the gzip member from byte " + cut.from() + " to " + cut.to())
              + (whole == 0
                  ? "; no line of it is whole"
                  : "; its last whole line is "
                      + lastWholeLine
                      + ", up to byte "
                      + lastWholeByte
                      + (file.isGzip() ? " as unpacked" : "")
                      + ", of "
                      + Instant.ofEpochSecond(0, lastTime)));
    }
    return notes;
  }

  private static int start(final String text) throws Flaw {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '{' || text.charAt(i) == '[') {
        return i;
      }
    }
    throw new Flaw("there is no JSON in it");
  }

  /** Reads the time of receipt; the unit it is in. */
  private int receipt(final String text) throws Flaw {
    int end = text.length();
    while (end > 0 && " \t,;:|".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    final int found;
    if (text.isBlank()) {
      found = NO_TIME;
    } else {
      if (end == text.length()) {
        throw new Flaw("no blank between the time of receipt and the frame");
      }
      found = time(text.substring(0, end).strip());
    }
    if (unit != UNKNOWN && unit != found) {
      throw new Flaw(
          found == NO_TIME
              ? "it has no time of receipt, and lines before it have one"
              : "its time of receipt is in another unit than before");
    }
    return found;
  }

  private int time(final String text) throws Flaw {
    final char[] chars = text.toCharArray();
    for (int decimals = 0; decimals <= NANO_DECIMALS; decimals += STEP) {
      final long time = Decimal.parse(chars, 0, chars.length, decimals, true);
      if (time >= FROM && time <= TO) {
        received = time;
        return decimals;
      }
    }
    throw new Flaw(
        "the time of receipt "
            + ImportException.quote(text)
            + " is no time between 2000 and 2100 in s, ms, µs or ns");
  }

  private void read(final JsonParser parser) throws IOException, Flaw {
    final JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      readArray(parser);
    } else if (token == JsonToken.START_OBJECT) {
      final Map<String, String> event = new HashMap<>();
      final int before = pending.size();
      readObject(parser, "", event);
      if (pending.size() == before) {
        pending.add(event);
      }
    } else {
      throw new Flaw("the frame is no JSON object and no array");
    }
    if (parser.nextToken() != null) {
      throw new Flaw("something follows the frame");
    }
  }

  /** Keeps the events of the symbol, or one to count where there is none. */
  private void readArray(final JsonParser parser) throws IOException, Flaw {
    Map<String, String> first = null;
    final int before = pending.size();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      if (token == null) {
        throw new Flaw("the array doesn't end");
      }
      if (token == JsonToken.START_OBJECT) {
        final Map<String, String> event = new HashMap<>();
        readObject(parser, "", event);
        if (symbol.equals(event.get("s")) || symbol.equals(event.get("o.s"))) {
          pending.add(event);
        }
        first = first == null ? event : first;
      } else {
        parser.skipChildren();
      }
      token = parser.nextToken();
    }
    if (pending.size() == before) {
      pending.add(first == null ? Map.of() : first);
    }
  }

  /** Keeps plain values: of the event by their names, of an order in it as {@code o.name}. */
  private void readObject(
      final JsonParser parser, final String path, final Map<String, String> into)
      throws IOException, Flaw {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      final String name = parser.currentName();
      final JsonToken value = parser.nextToken();
      final boolean isRoot = path.isEmpty();
      if (isRoot && value == JsonToken.START_OBJECT && name.equals("data")) {
        readObject(parser, "", into);
      } else if (isRoot && value == JsonToken.START_ARRAY && name.equals("data")) {
        readArray(parser);
      } else if (isRoot && value == JsonToken.START_OBJECT && name.equals("o")) {
        readObject(parser, "o.", into);
      } else if (value != null && value.isScalarValue()) {
        into.put(path + name, parser.getText());
        stream = isRoot && name.equals("stream") ? parser.getText() : stream;
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Why the line has no event; null if it has. */
  String flaw() {
    return flaw;
  }

  /** Name of the stream that a combined stream gives, or null. */
  String stream() {
    return stream;
  }

  /**
   * When the frame was received, ns; where that wasn't recorded, the time of the event, or of the
   * frame before if it has none.
   */
  long received() throws ImportException {
    if (unit != NO_TIME) {
      return received;
    }
    for (final String field : TIMES) {
      if (!isEmpty(field)) {
        return millis(field);
      }
    }
    return lastTime == Long.MIN_VALUE ? FROM : lastTime;
  }

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
    final String text = required(field);
    final long value = parse(field, text, NANO_DECIMALS - STEP, false);
    if (value < FROM || value > TO) {
      throw bad(
          field + ": " + ImportException.quote(text) + " is no time between 2000 and 2100 in ms",
          "check what the times are");
    }
    return value;
  }

  /** Mantissa of a price or quantity that isn't negative. */
  long amount(final String field, final int exponent) throws ImportException {
    return amount(field, exponent, false);
  }

  /** The same, rounded where it is finer: for an average. */
  long average(final String field, final int exponent) throws ImportException {
    return amount(field, exponent, true);
  }

  private long amount(final String field, final int exponent, final boolean rounds)
      throws ImportException {
    final String text = required(field);
    final long value = parse(field, text, -exponent, rounds);
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

  /** A number that the venue counts by, -1 where the frame has none. */
  long id(final String field) throws ImportException {
    if (isEmpty(field)) {
      return -1;
    }
    final long id = parse(field, fields.get(field), 0, false);
    if (id < 0) {
      throw bad(field + ": " + ImportException.quote(fields.get(field)) + " is no id", ADVICE);
    }
    return id;
  }

  private String required(final String field) throws ImportException {
    if (isEmpty(field)) {
      throw bad("the frame has no " + field, ADVICE);
    }
    return fields.get(field);
  }

  private long parse(
      final String field, final String text, final int decimals, final boolean rounds)
      throws ImportException {
    final long value = Decimal.parse(text.toCharArray(), 0, text.length(), decimals, rounds);
    if (!Decimal.isValue(value)) {
      throw bad(
          field + ": " + ImportException.quote(text) + " " + Decimal.flaw(value),
          "check the frame, or set another exponent for the instrument");
    }
    return value;
  }

  ImportException bad(final String what, final String advice) {
    return ImportException.at(file.path(), lines.number(), what, advice);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** What makes a line no frame. */
  private static final class Flaw extends Exception {
    private static final long serialVersionUID = 1L;

    Flaw(final String what) {
      super(what);
    }
  }
}
