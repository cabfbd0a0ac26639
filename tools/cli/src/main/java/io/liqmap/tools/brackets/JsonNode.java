package io.liqmap.tools.brackets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.liqmap.tools.importer.ImportException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a JSON file that is read whole, with its place, so that a flaw can be named. */
final class JsonNode {
  private static final long MAX_BYTES = 64 << 20;
  private static final String ADVICE = "correct the file or get it again";

  private final Path file;
  private final JsonLocation at;
  private final JsonToken kind;
  private final Map<String, JsonNode> fields;
  private final List<JsonNode> elements;
  private String text = "";

  private JsonNode(final Path path, final JsonParser parser) {
    file = path;
    at = parser.currentTokenLocation();
    kind = parser.currentToken();
    fields = isObject() ? new LinkedHashMap<>() : Map.of();
    elements = isArray() ? new ArrayList<>() : List.of();
  }

  static JsonNode read(final Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw ImportException.in(
          file, Files.exists(file) ? "isn't a file" : "doesn't exist", "check the path");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw ImportException.in(
          file,
          "has " + Files.size(file) + " bytes, tiers have " + MAX_BYTES + " at most",
          "give the file as it came");
    }
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      if (parser.nextToken() == null) {
        throw ImportException.in(file, "is empty", ADVICE);
      }
      final JsonNode root = read(file, parser);
      if (parser.nextToken() != null) {
        throw new JsonNode(file, parser).wrong("something follows the end of the JSON value");
      }
      return root;
    } catch (final JsonProcessingException e) {
      throw new ImportException(
          file + place(e.getLocation()) + ": no JSON here; give the file as it came", e);
    }
  }

  private static JsonNode read(final Path file, final JsonParser parser) throws IOException {
    final JsonNode node = new JsonNode(file, parser);
    if (node.kind == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        final String name = parser.currentName();
        parser.nextToken();
        if (node.fields.put(name, read(file, parser)) != null) {
          throw node.wrong("the field " + ImportException.quote(name) + " is there twice");
        }
      }
    } else if (node.kind == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        node.elements.add(read(file, parser));
      }
    } else {
      node.text = parser.getText();
    }
    return node;
  }

  boolean isArray() {
    return kind == JsonToken.START_ARRAY;
  }

  boolean isObject() {
    return kind == JsonToken.START_OBJECT;
  }

  /** Whether a field is there and says something. */
  boolean has(final String field) {
    final JsonNode value = fields.get(field);
    return value != null
        && value.kind != JsonToken.VALUE_NULL
        && !(value.kind == JsonToken.VALUE_STRING && value.text.isEmpty());
  }

  JsonNode field(final String name) throws ImportException {
    final JsonNode value = fields.get(name);
    if (value == null) {
      throw wrong("there is no " + name + " here");
    }
    return value;
  }

  Map<String, JsonNode> fields(final String what) throws ImportException {
    if (!isObject()) {
      throw wrong("expected an object of " + what);
    }
    return fields;
  }

  List<JsonNode> elements(final String what) throws ImportException {
    if (!isArray()) {
      throw wrong("expected a list of " + what);
    }
    return elements;
  }

  String text(final String field) throws ImportException {
    final JsonNode value = field(field);
    if (value.isArray() || value.isObject()) {
      throw value.wrong(field + " isn't text");
    }
    return value.text;
  }

  /** A number, which venues write as text too; 0 or more. */
  double number(final String field) throws ImportException {
    return field(field).asNumber(field);
  }

  /** The value as a number of 0 or more; a flaw names it so. */
  double asNumber(final String name) throws ImportException {
    try {
      final double value = new BigDecimal(text).doubleValue();
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (final NumberFormatException e) {
      // Reported below.
    }
    throw wrong(name + " is " + ImportException.quote(text) + ", expected a number of 0 or more");
  }

  ImportException wrong(final String what) {
    return new ImportException(file + place(at) + ": " + what + "; " + ADVICE);
  }

  private static String place(final JsonLocation at) {
    return at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
