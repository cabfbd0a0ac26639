package io.liqmap.tools.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON to maps, lists, strings, longs, doubles, booleans and nulls. */
final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonText() {}

  /** The one object that a text holds. */
  static Map<String, Object> object(final String text) {
    try {
      return MAPPER.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (final JsonProcessingException e) {
      throw new UncheckedIOException(text, e);
    }
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
