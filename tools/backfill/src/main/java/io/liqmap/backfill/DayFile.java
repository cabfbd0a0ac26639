package io.liqmap.backfill;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.liqmap.tools.answer.Format;
import io.liqmap.tools.answer.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The file {@code day.json}, written last: where it is, the day's other files are whole.
 *
 * @param venue of the instrument
 * @param instrument its symbol
 * @param day UTC
 * @param messages of the day
 * @param inputChecksum of them
 * @param settingsHash of the engine's settings
 * @param columnsEvery length of columns, ns
 * @param previousHash state hash of the day before, zeros for the first
 * @param events applied so far, the day's included
 * @param lastSequence of the last message
 * @param stateHash of an engine whose feed ends with this day
 * @param columns in {@code columns.parquet}
 * @param windows in {@code score.parquet}
 */
record DayFile(
    String venue,
    String instrument,
    String day,
    long messages,
    String inputChecksum,
    String settingsHash,
    long columnsEvery,
    String previousHash,
    long events,
    long lastSequence,
    String stateHash,
    long columns,
    long windows) {

  static String hex(final int checksum) {
    return String.format("%08x", checksum);
  }

  long hash() {
    return Long.parseUnsignedLong(stateHash, 16);
  }

  /** Whether the day would be computed from the same. */
  boolean isOf(final FileDay input, final BackfillOptions options, final long previous) {
    return day.equals(FileDay.text(input.day()))
        && messages == input.messages()
        && inputChecksum.equals(hex(input.checksum()))
        && settingsHash.equals(options.settingsHash())
        && columnsEvery == options.every()
        && previousHash.equals(Format.hash(previous));
  }

  String text() {
    return Json.text(this);
  }

  /** Null where there is none, or it isn't one. */
  static DayFile read(final Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    final Map<String, String> members = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(Files.readString(file))) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        final String name = parser.currentName();
        parser.nextToken();
        members.put(name, parser.getText());
      }
      return new DayFile(
          members.get("venue"),
          members.get("instrument"),
          members.getOrDefault("day", ""),
          number(members, "messages"),
          members.getOrDefault("inputChecksum", ""),
          members.getOrDefault("settingsHash", ""),
          number(members, "columnsEvery"),
          members.getOrDefault("previousHash", ""),
          number(members, "events"),
          number(members, "lastSequence"),
          members.getOrDefault("stateHash", ""),
          number(members, "columns"),
          number(members, "windows"));
    } catch (final JsonProcessingException | NumberFormatException e) {
      return null;
    }
  }

  private static long number(final Map<String, String> members, final String name) {
    return Long.parseLong(members.getOrDefault(name, ""));
  }
}
