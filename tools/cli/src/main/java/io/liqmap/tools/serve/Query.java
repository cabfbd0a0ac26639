package io.liqmap.tools.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters of a request, each given once; an empty one counts as absent. */
final class Query {
  /** Plain numbers: no words, hexadecimal digits or suffixes, as Java would read them. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{1,20})?");

  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads the raw text after the question mark.
   *
   * @param raw null for none
   * @param known names that the path takes
   * @throws Problem if a name is unknown or given twice, or an escape is broken
   */
  Query(final String raw, final List<String> known) throws Problem {
    for (final String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
      final int end = pair.indexOf('=');
      final String name = decoded(end < 0 ? pair : pair.substring(0, end));
      if (!known.contains(name)) {
        throw new Problem(
            Problem.BAD_REQUEST,
            "unknown parameter '" + shown(name) + "'; known are " + String.join(", ", known));
      }
      if (values.put(name, end < 0 ? "" : decoded(pair.substring(end + 1))) != null) {
        throw new Problem(Problem.BAD_REQUEST, "parameter " + name + " is given twice");
      }
    }
  }

  /**
   * Rejects any parameter.
   *
   * @throws Problem if there is one
   */
  static void requireNone(final String raw) throws Problem {
    if (raw != null && !raw.isEmpty()) {
      throw new Problem(Problem.BAD_REQUEST, "this address takes no parameters");
    }
  }

  private static String decoded(final String text) throws Problem {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (final IllegalArgumentException e) {
      throw new Problem(Problem.BAD_REQUEST, "the query has a broken %-escape");
    }
  }

  private static String shown(final String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /** Value, null if absent. */
  String text(final String name) {
    final String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Value, or a default. */
  String text(final String name, final String otherwise) {
    final String value = text(name);
    return value == null ? otherwise : value;
  }

  /**
   * One of some words.
   *
   * @throws Problem if it is none of them, or absent
   */
  String oneOf(final String name, final String... words) throws Problem {
    final String value = text(name);
    if (value == null || !Arrays.asList(words).contains(value)) {
      throw new Problem(Problem.BAD_REQUEST, name + ": give " + String.join(" or ", words));
    }
    return value;
  }

  /**
   * Whole number.
   *
   * @throws Problem if it is none, or outside of the range
   */
  long whole(final String name, final long least, final long most, final long otherwise)
      throws Problem {
    final String value = text(name);
    if (value == null) {
      return otherwise;
    }
    try {
      final long number = NUMBER.matcher(value).matches() ? Long.parseLong(value) : Long.MIN_VALUE;
      if (number >= least && number <= most) {
        return number;
      }
    } catch (final NumberFormatException e) {
      // Reported below.
    }
    throw new Problem(
        Problem.BAD_REQUEST,
        name + " '" + shown(value) + "' isn't a whole number from " + least + " to " + most);
  }

  /**
   * Finite number from 0 on.
   *
   * @throws Problem if it is none, or above the limit
   */
  double number(final String name, final double most, final double otherwise) throws Problem {
    final String value = text(name);
    if (value == null) {
      return otherwise;
    }
    final double number = NUMBER.matcher(value).matches() ? Double.parseDouble(value) : Double.NaN;
    if (number >= 0 && number <= most) {
      return number;
    }
    throw new Problem(
        Problem.BAD_REQUEST, name + " '" + shown(value) + "' isn't a number from 0 to " + most);
  }
}
