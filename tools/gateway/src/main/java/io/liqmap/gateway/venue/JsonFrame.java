package io.liqmap.gateway.venue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Arrays;

/**
 * Cursor over the JSON of one frame. Throws nothing: a frame that is no JSON, or beyond the limits,
 * ends where that shows, and {@code isWhole} says so. Keeps the texts of values in numbered slots,
 * since what they mean may depend on fields that come later. One thread; allocates the parser
 * alone.
 */
final class JsonFrame {
  /** Slots of a frame. */
  static final int SLOTS = 512;

  /** Longest text that a slot keeps; a longer one is no number and no symbol. */
  static final int MAX_TEXT = 64;

  /** Deepest nesting; venues nest five levels. */
  static final int MAX_DEPTH = 16;

  private static final int MAX_STRING = 1 << 16;
  private static final int MAX_NAME = 256;
  private static final int MAX_NUMBER = 128;
  private static final int ABSENT = 0;
  private static final int TOO_LONG = -1;
  private static final int NUMBER = -2;
  private static final int MAX_REASON = 200;

  private final JsonFactory factory;
  private final char[] texts = new char[SLOTS * MAX_TEXT];
  private final int[] lengths = new int[SLOTS];
  private final long[] numbers = new long[SLOTS];
  private JsonParser parser;
  private JsonToken token;
  private boolean isBroken;

  JsonFrame() {
    factory =
        new JsonFactoryBuilder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .configure(JsonFactory.Feature.CHARSET_DETECTION, false)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .build())
            .build();
  }

  /** Goes to the first value of a frame; false if it is neither an object nor an array. */
  boolean open(final byte[] frame, final int offset, final int length) {
    isBroken = false;
    token = null;
    try {
      parser = factory.createParser(frame, offset, length);
    } catch (final IOException | IllegalStateException e) {
      parser = null;
      isBroken = true;
      return false;
    }
    next();
    return token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
  }

  /** Ends the frame; whether it was whole and nothing follows it. */
  boolean close() {
    final boolean isWhole = !isBroken && next() == null && !isBroken;
    if (parser != null) {
      try {
        parser.close();
      } catch (final IOException e) {
        return false;
      }
      parser = null;
    }
    return isWhole;
  }

  private JsonToken next() {
    if (isBroken) {
      return null;
    }
    try {
      token = parser.nextToken();
    } catch (final IOException | IllegalStateException e) {
      breakOff();
    }
    return token;
  }

  private void breakOff() {
    isBroken = true;
    token = null;
  }

  /** Goes to the value of an object's next field; its name, or null at the object's end. */
  String nextField() {
    if (isBroken) {
      return null;
    }
    try {
      final String name = parser.nextFieldName();
      token = name == null ? parser.currentToken() : parser.nextToken();
      isBroken |= token == null;
      return isBroken ? null : name;
    } catch (final IOException | IllegalStateException e) {
      breakOff();
      return null;
    }
  }

  /** Whether the frame ended where it shouldn't: the object in hand isn't whole. */
  boolean isBroken() {
    return isBroken;
  }

  /** Goes to an array's next element; false at its end. */
  boolean nextElement() {
    final JsonToken found = next();
    isBroken |= found == null;
    return found != null && found != JsonToken.END_ARRAY;
  }

  boolean isObject() {
    return token == JsonToken.START_OBJECT;
  }

  boolean isArray() {
    return token == JsonToken.START_ARRAY;
  }

  boolean isTrue() {
    return token == JsonToken.VALUE_TRUE || is("true");
  }

  boolean isFalse() {
    return token == JsonToken.VALUE_FALSE || is("false");
  }

  private boolean isPlain() {
    return token == JsonToken.VALUE_STRING
        || token == JsonToken.VALUE_NUMBER_INT
        || token == JsonToken.VALUE_NUMBER_FLOAT;
  }

  /** Passes over the value. */
  void skip() {
    if (!isBroken && (isObject() || isArray())) {
      try {
        parser.skipChildren();
        isBroken |= parser.currentToken() == null;
      } catch (final IOException | IllegalStateException e) {
        breakOff();
      }
    }
  }

  /** Whether the value is this text. */
  boolean is(final String expected) {
    if (token != JsonToken.VALUE_STRING) {
      return false;
    }
    try {
      final int length = parser.getTextLength();
      if (length != expected.length()) {
        return false;
      }
      final char[] chars = parser.getTextCharacters();
      final int offset = parser.getTextOffset();
      for (int i = 0; i < length; i++) {
        if (chars[offset + i] != expected.charAt(i)) {
          return false;
        }
      }
      return true;
    } catch (final IOException | IllegalStateException e) {
      breakOff();
      return false;
    }
  }

  /** Number of the value among the names, −1 if it is none of them. */
  int find(final Names names) {
    if (token != JsonToken.VALUE_STRING) {
      skip();
      return -1;
    }
    try {
      final int length = parser.getTextLength();
      return names.find(parser.getTextCharacters(), parser.getTextOffset(), length);
    } catch (final IOException | IllegalStateException e) {
      breakOff();
      return -1;
    }
  }

  /** Number of the value's part before its first dot among the names, −1 if it is none of them. */
  int findTopic(final Names names) {
    if (token != JsonToken.VALUE_STRING) {
      skip();
      return -1;
    }
    try {
      final int length = parser.getTextLength();
      final char[] chars = parser.getTextCharacters();
      final int offset = parser.getTextOffset();
      int end = 0;
      while (end < length && chars[offset + end] != '.') {
        end++;
      }
      return names.find(chars, offset, end);
    } catch (final IOException | IllegalStateException e) {
      breakOff();
      return -1;
    }
  }

  /** Hash of the value's text, never 0. */
  long hash() {
    if (!isPlain()) {
      skip();
      return 0;
    }
    try {
      final int length = parser.getTextLength();
      final char[] chars = parser.getTextCharacters();
      final int offset = parser.getTextOffset();
      long hash = 1;
      for (int i = 0; i < length; i++) {
        hash = RecentIds.mix(hash, chars[offset + i]);
      }
      return hash == 0 ? 1 : hash;
    } catch (final IOException | IllegalStateException e) {
      breakOff();
      return 0;
    }
  }

  /** Text of the value, for messages about the connection: at most 200 characters; allocates. */
  String text() {
    if (!isPlain()) {
      skip();
      return "";
    }
    try {
      final int length = Math.min(MAX_REASON, parser.getTextLength());
      return new String(parser.getTextCharacters(), parser.getTextOffset(), length);
    } catch (final IOException | IllegalStateException e) {
      breakOff();
      return "";
    }
  }

  /** Empties slots. */
  void clear(final int from, final int to) {
    Arrays.fill(lengths, from, to, ABSENT);
  }

  /** Keeps a string or number in a slot; null empties it, anything else makes it unreadable. */
  void keep(final int slot) {
    if (!isPlain()) {
      lengths[slot] = token == JsonToken.VALUE_NULL ? ABSENT : TOO_LONG;
      skip();
      return;
    }
    try {
      final int length = parser.getTextLength();
      if (length > MAX_TEXT) {
        lengths[slot] = TOO_LONG;
        return;
      }
      final char[] chars = parser.getTextCharacters();
      final int offset = parser.getTextOffset();
      final long number = Decimal.packed(chars, offset, offset + length);
      if (number >= 0) {
        lengths[slot] = NUMBER;
        numbers[slot] = number;
        return;
      }
      lengths[slot] = length;
      System.arraycopy(chars, offset, texts, slot * MAX_TEXT, length);
    } catch (final IOException | IllegalStateException e) {
      breakOff();
    }
  }

  /** Whether the slot has nothing, as where the field is missing, null or an empty text. */
  boolean isEmpty(final int slot) {
    return lengths[slot] == ABSENT;
  }

  /** Whether the slot has this text, which is no plain number. */
  boolean is(final int slot, final String expected) {
    final int length = lengths[slot];
    if (length != expected.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (texts[slot * MAX_TEXT + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the slot has a zero, plainly written. */
  boolean isZero(final int slot) {
    return lengths[slot] == NUMBER && Decimal.scaled(numbers[slot], 0, false) == 0;
  }

  /** The slot's number, in units of 10^−decimals; a result of {@link Decimal#parse}. */
  long number(final int slot, final int decimals, final boolean rounds) {
    if (lengths[slot] == NUMBER) {
      return Decimal.scaled(numbers[slot], decimals, rounds);
    }
    final int start = slot * MAX_TEXT;
    return lengths[slot] <= 0
        ? Decimal.NO_NUMBER
        : Decimal.parse(texts, start, start + lengths[slot], decimals, rounds);
  }
}
