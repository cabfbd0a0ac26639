package io.liqmap.gateway.venue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a venue's answer, with its place in it for messages. Not for the hot path. */
final class Answer {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_SHOWN = 80;
  private static final int MAX_NUMBER = 64;

  private final Object value;
  private final String place;

  private Answer(final Object of, final String at) {
    value = of;
    place = at;
  }

  /**
   * Reads an answer whole.
   *
   * @throws VenueException if it is no JSON
   */
  static Answer read(final String name, final byte[] bytes) throws VenueException {
    final JsonFactory json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();
    try (JsonParser parser = json.createParser(bytes)) {
      if (parser.nextToken() == null) {
        throw new VenueException(name + ": the answer is empty");
      }
      return new Answer(value(parser), name);
    } catch (final VenueException e) {
      throw e;
    } catch (final JsonProcessingException e) {
      throw new VenueException(
          name
              + ": the answer is no JSON (line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ")");
    } catch (final IOException e) {
      throw new VenueException(name + ": the answer is unreadable (" + e.getMessage() + ")");
    }
  }

  private static Object value(final JsonParser parser) throws IOException {
    final JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      final Map<String, Object> fields = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        final String name = parser.currentName();
        parser.nextToken();
        fields.put(name, value(parser));
      }
      return fields;
    }
    if (token == JsonToken.START_ARRAY) {
      final List<Object> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(value(parser));
      }
      return elements;
    }
    return token == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  boolean has(final String name) {
    return value instanceof Map<?, ?> && ((Map<?, ?>) value).get(name) != null;
  }

  Answer field(final String name) throws VenueException {
    if (!has(name)) {
      throw wrong("has no " + name);
    }
    return new Answer(((Map<?, ?>) value).get(name), place + "." + name);
  }

  List<Answer> elements() throws VenueException {
    if (!(value instanceof List<?>)) {
      throw wrong("is no list");
    }
    final List<Answer> elements = new ArrayList<>();
    for (final Object element : (List<?>) value) {
      elements.add(new Answer(element, place + "[" + elements.size() + "]"));
    }
    return elements;
  }

  String text(final String name) throws VenueException {
    final Answer field = field(name);
    if (field.value instanceof String text) {
      return text;
    }
    throw field.wrong("is no text");
  }

  /** A field's text, empty where there is none. */
  String textOrEmpty(final String name) throws VenueException {
    return has(name) ? text(name) : "";
  }

  BigDecimal number(final String name) throws VenueException {
    final String text = text(name);
    try {
      if (text.length() <= MAX_NUMBER) {
        return new BigDecimal(text);
      }
    } catch (final NumberFormatException e) {
      // Said below.
    }
    throw field(name).wrong("is no number");
  }

  VenueException wrong(final String what) {
    final String shown = String.valueOf(value);
    return new VenueException(
        place
            + " "
            + what
            + ": "
            + shown.substring(0, Math.min(MAX_SHOWN, shown.length()))
            + "; the venue may have changed its interface");
  }
}
