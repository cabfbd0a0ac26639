package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON to maps, lists, strings, longs, doubles, booleans and nulls. */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {}

  /** The one object that a text holds. */
  static Map<String, Object> object(final String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      assertEquals(JsonToken.START_OBJECT, parser.nextToken(), text);
      final Map<String, Object> object = readObject(parser);
      assertNull(parser.nextToken(), "something stands behind the object");
      return object;
    } catch (final IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static Object read(final JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> readArray(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new AssertionError("unexpected " + parser.currentToken());
    };
  }

  private static Map<String, Object> readObject(final JsonParser parser) throws IOException {
    final Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      final String name = parser.currentName();
      parser.nextToken();
      object.put(name, read(parser));
    }
    return object;
  }

  private static List<Object> readArray(final JsonParser parser) throws IOException {
    final List<Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(parser));
    }
    return array;
  }

  /** A number of an object that is written with a point. */
  static double number(final Map<?, ?> object, final String name) {
    return (Double) field(object, name, Double.class);
  }

  /** A number of an object that is written without a point. */
  static long whole(final Map<?, ?> object, final String name) {
    return (Long) field(object, name, Long.class);
  }

  static String string(final Map<?, ?> object, final String name) {
    return (String) field(object, name, String.class);
  }

  static boolean flag(final Map<?, ?> object, final String name) {
    return (Boolean) field(object, name, Boolean.class);
  }

  static Map<?, ?> map(final Map<?, ?> object, final String name) {
    return (Map<?, ?>) field(object, name, Map.class);
  }

  static List<?> list(final Map<?, ?> object, final String name) {
    return (List<?>) field(object, name, List.class);
  }

  /** Objects of an array. */
  static List<Map<?, ?>> objects(final Map<?, ?> object, final String name) {
    final List<Map<?, ?>> objects = new ArrayList<>();
    list(object, name).forEach((element) -> objects.add((Map<?, ?>) element));
    return objects;
  }

  private static Object field(final Map<?, ?> object, final String name, final Class<?> type) {
    final Object value = object.get(name);
    assertEquals(
        type, value == null ? null : kind(value), () -> "of '" + name + "' in " + object.keySet());
    return value;
  }

  private static Class<?> kind(final Object value) {
    if (value instanceof Map) {
      return Map.class;
    }
    return value instanceof List ? List.class : value.getClass();
  }
}
