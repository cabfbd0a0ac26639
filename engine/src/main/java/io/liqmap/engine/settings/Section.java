package io.liqmap.engine.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the values of one object of the settings. A wrong value is reported and replaced by a
 * stand-in, so that reading continues; {@link #make} then returns null.
 */
public final class Section {
  private static final int MAX_NAME = 64;

  private final ConfigObject values;
  private final Config config;
  private final String path;
  private final Problems problems;
  private final boolean absent;
  private final int problemsBefore;
  private final Set<String> known = new HashSet<>();

  Section(final ConfigObject object, final String at, final Problems sink) {
    this(object, at, sink, false);
  }

  private Section(
      final ConfigObject object, final String at, final Problems sink, final boolean isAbsent) {
    values = object;
    config = object.toConfig();
    path = at;
    problems = sink;
    absent = isAbsent;
    problemsBefore = sink.count();
  }

  static String join(final String section, final String key) {
    return section.isEmpty() ? key : section + "." + key;
  }

  /** Whether nothing has been found wrong since this section was begun. */
  boolean isSound() {
    return problems.count() == problemsBefore;
  }

  /** Problems found up to now, in all sections. */
  int problems() {
    return problems.count();
  }

  /** Whether a key that may be left out is there. */
  public boolean has(final String key) {
    known.add(key);
    final ConfigValue value = values.get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  ConfigOrigin origin() {
    return values.origin();
  }

  /** Origin of a key, or of its section without it. */
  ConfigOrigin origin(final String key) {
    final ConfigValue value = values.get(key);
    return value == null ? values.origin() : value.origin();
  }

  String path(final String key) {
    return join(path, key);
  }

  /** Reports a value that was read and turned out to be wrong. */
  public void reject(final String key, final String got, final String expected) {
    if (!absent) {
      problems.add(origin(key), path(key), got, expected);
    }
  }

  /** Reports the section itself. */
  public void rejectItself(final String got, final String expected) {
    problems.add(origin(), path, got, expected);
  }

  /**
   * Ends the section: reports its unknown keys, then makes its object, or null if something is
   * wrong with it or it isn't there, which has been reported. What the object's own checks refuse
   * is a problem like any other.
   */
  public <T> T make(final Supplier<T> maker) {
    end();
    if (absent || !isSound()) {
      return null;
    }
    try {
      return maker.get();
    } catch (final IllegalArgumentException e) {
      problems.add(origin(), path.isEmpty() ? e.getMessage() : path + ": " + e.getMessage());
      return null;
    }
  }

  /** Reports the unknown keys. */
  public void end() {
    for (final String key : new TreeSet<>(values.keySet())) {
      if (!known.contains(key)) {
        problems.addUnknown(values.get(key).origin(), path, key, known);
      }
    }
  }

  /** A text that isn't blank; empty, and a problem, if there is none. */
  public String text(final String key, final int maxLength) {
    final String expected = "a text of 1 to " + maxLength + " characters";
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return "";
    }
    final String text = scalar(key, value);
    if (value.valueType() != ConfigValueType.STRING
        || text.isBlank()
        || text.length() > maxLength) {
      reject(key, shown(key, value), expected);
      return "";
    }
    return text;
  }

  /** A name that fits a feed's message. */
  String ascii(final String key, final int maxLength) {
    final String expected = "1 to " + maxLength + " ASCII characters without blanks";
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return "";
    }
    final String text = scalar(key, value);
    if (value.valueType() != ConfigValueType.STRING
        || text.isEmpty()
        || text.length() > maxLength
        || !StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        || !text.chars().allMatch((c) -> c > ' ' && c < 127)) {
      reject(key, shown(key, value), expected);
      return "";
    }
    return text;
  }

  /** A number; a stand-in, and a problem, if there is none. */
  public double number(final String key, final Range range) {
    final BigDecimal number = decimal(key, "a number", range);
    return number == null ? range.high().doubleValue() : number.doubleValue();
  }

  /** The same; null where it is wrong. */
  Double numberOrNull(final String key, final Range range) {
    final BigDecimal number = decimal(key, "a number", range);
    return number == null ? null : number.doubleValue();
  }

  /** A whole number; a stand-in, and a problem, if there is none. */
  public int whole(final String key, final Range range) {
    return whole(key, range, range.high().intValue());
  }

  /** A whole number; a stand-in where it is wrong. */
  int whole(final String key, final Range range, final int standIn) {
    final BigDecimal number = decimal(key, "a whole number", range);
    if (number == null) {
      return standIn;
    }
    try {
      return number.intValueExact();
    } catch (final ArithmeticException e) {
      reject(key, shown(key, values.get(key)), "a whole number, " + range);
      return standIn;
    }
  }

  /**
   * A decimal as a mantissa.
   *
   * @param exponent power of ten of mantissas
   */
  long mantissa(final String key, final int exponent) {
    final String expected = "a whole multiple of 1e" + exponent + ", above 0";
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return 1;
    }
    try {
      final long mantissa =
          new BigDecimal(scalar(key, value)).scaleByPowerOfTen(-exponent).longValueExact();
      if (mantissa >= 1) {
        return mantissa;
      }
    } catch (final NumberFormatException e) {
      reject(key, shown(key, value), "a number");
      return 1;
    } catch (final ArithmeticException e) {
      // Reported below: not whole, or beyond a long.
    }
    reject(key, shown(key, value), expected);
    return 1;
  }

  /** True or false. */
  public boolean flag(final String key) {
    return "true".equals(choice(key, List.of("true", "false"), Function.identity()));
  }

  /** One of some constants, named in lower case. */
  public <E extends Enum<E>> E choice(final String key, final List<E> constants) {
    return choice(key, constants, (constant) -> constant.name().toLowerCase(Locale.ROOT));
  }

  private <T> T choice(
      final String key, final List<T> constants, final Function<T, String> naming) {
    final List<String> names = constants.stream().map(naming).toList();
    final String expected =
        String.join(", ", names.subList(0, names.size() - 1))
            + " or "
            + names.get(names.size() - 1);
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return constants.get(0);
    }
    final int index = names.indexOf(scalar(key, value));
    if (index < 0) {
      reject(key, shown(key, value), expected);
      return constants.get(0);
    }
    return constants.get(index);
  }

  /**
   * A duration, ns.
   *
   * @param lowText least duration with its unit, such as 1s
   * @param highText greatest duration with its unit
   */
  public long nanos(final String key, final String lowText, final String highText) {
    return nanos(key, nanos(lowText), lowText, nanos(highText), highText);
  }

  private static long nanos(final String text) {
    return ConfigFactory.parseMap(Map.of("value", text)).getDuration("value", TimeUnit.NANOSECONDS);
  }

  private long nanos(
      final String key, final long low, final String lowText, final long high, final String most) {
    final String expected =
        "a duration with its unit, " + lowText + " to " + most + ", such as 60s";
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return low;
    }
    final Long nanos = duration(key, low, high);
    if (nanos == null) {
      reject(key, shown(key, value), expected);
      return low;
    }
    return nanos;
  }

  /** Null if it isn't one. */
  private Long duration(final String key, final long low, final long high) {
    final ConfigValue value = values.get(key);
    // A bare number would count as milliseconds, which hardly anyone means.
    if (value.valueType() != ConfigValueType.STRING || !endsInLetter(scalar(key, value))) {
      return null;
    }
    try {
      final long nanos = config.getDuration(ConfigUtil.quoteString(key), TimeUnit.NANOSECONDS);
      return nanos >= low && nanos <= high ? nanos : null;
    } catch (final com.typesafe.config.ConfigException e) {
      return null;
    }
  }

  /**
   * A size, bytes.
   *
   * @param lowText least size with its unit, such as 64KiB
   * @param highText greatest size with its unit
   */
  public long bytes(final String key, final String lowText, final String highText) {
    return bytes(key, bytes(lowText), lowText, bytes(highText), highText);
  }

  private static long bytes(final String text) {
    return ConfigFactory.parseMap(Map.of("value", text)).getBytes("value");
  }

  long bytes(
      final String key, final long low, final String lowText, final long high, final String most) {
    final String expected = "a size with its unit, " + lowText + " to " + most + ", such as 64KiB";
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return low;
    }
    if (value.valueType() == ConfigValueType.STRING && endsInLetter(scalar(key, value))) {
      try {
        final long bytes = config.getBytes(ConfigUtil.quoteString(key));
        if (bytes >= low && bytes <= high) {
          return bytes;
        }
      } catch (final com.typesafe.config.ConfigException e) {
        // Reported below.
      }
    }
    reject(key, shown(key, value), expected);
    return low;
  }

  /** A date, at midnight UTC, or a time; ns since 1970. */
  long time(final String key) {
    final String expected =
        "a date such as 2024-10-24, or a time such as 2024-10-24T09:00:00Z, in quotes, from 1970 to 2262";
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return 0;
    }
    final String text = scalar(key, value);
    try {
      final Instant instant =
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      final long nanos =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
      if (nanos >= 0) {
        return nanos;
      }
    } catch (final DateTimeException | ArithmeticException e) {
      // Reported below.
    }
    reject(key, shown(key, value), expected);
    return 0;
  }

  /** The section under a key; an empty one, and a problem, if there is none. */
  public Section section(final String key) {
    final ConfigValue value = value(key, "an object { … }");
    if (value instanceof ConfigObject object) {
      return new Section(object, path(key), problems);
    }
    if (value != null) {
      reject(key, shown(key, value), "an object { … }");
    }
    final ConfigObject none = ConfigValueFactory.fromMap(Map.of());
    return new Section(none, path(key), problems, true);
  }

  /** Elements of a list; 0 where there is none. */
  int size(final String key) {
    return values.get(key) instanceof ConfigList list ? list.size() : 0;
  }

  /** What a reader makes of each object in a list, without those that it makes nothing of. */
  public <T> List<T> list(final String key, final Range size, final Function<Section, T> reader) {
    return list(key, "", size, reader);
  }

  /** The same, where problems call an object by the text under one of its keys, if it has that. */
  <T> List<T> list(
      final String key, final String nameKey, final Range size, final Function<Section, T> reader) {
    final String expected = "a list [ … ] of " + size + " objects";
    final ConfigValue value = value(key, expected);
    final List<T> result = new ArrayList<>();
    if (value == null) {
      return result;
    }
    if (!(value instanceof ConfigList elements)) {
      reject(key, shown(key, value), expected);
      return result;
    }
    if (!size.contains(BigDecimal.valueOf(elements.size()))) {
      reject(key, elements.size() + " of them", expected);
    }
    for (int i = 0; i < elements.size(); i++) {
      String elementPath = path(key) + "[" + i + "]";
      if (elements.get(i) instanceof ConfigObject object) {
        if (object.get(nameKey) != null
            && object.get(nameKey).valueType() == ConfigValueType.STRING) {
          elementPath = path(key) + "[" + object.get(nameKey).unwrapped() + "]";
        }
        final T made = reader.apply(new Section(object, elementPath, problems));
        if (made != null) {
          result.add(made);
        }
      } else {
        problems.add(
            elements.get(i).origin(), elementPath, render(elements.get(i)), "an object { … }");
      }
    }
    return result;
  }

  /** Texts in a list, each its own. */
  public List<String> names(final String key, final int least, final int most) {
    final List<String> names = new ArrayList<>();
    each(
        key,
        Range.of(least, most),
        "texts",
        (element) -> {
          final String name = scalarAt(element);
          if (name.isBlank()) {
            rejectElement(key, element, "a text");
          } else {
            names.add(name);
          }
        });
    if (names.stream().distinct().count() != names.size()) {
      reject(key, names.toString(), "each of them once");
    }
    return names;
  }

  /** Whole numbers in a list, each above the one before. */
  List<Integer> wholes(final String key, final Range range, final int most) {
    final String kind = "whole numbers, " + range;
    final List<Integer> wholes = new ArrayList<>();
    each(
        key,
        Range.of(1, most),
        kind,
        (element) -> {
          try {
            final BigDecimal number = new BigDecimal(scalarAt(element));
            if (range.contains(number)) {
              wholes.add(number.intValueExact());
              return;
            }
          } catch (final ArithmeticException | NumberFormatException e) {
            // Reported below.
          }
          rejectElement(key, element, kind);
        });
    requireRising(key, wholes);
    return wholes;
  }

  /** Durations in a list, ns, each above the one before. */
  List<Long> durations(
      final String key,
      final long low,
      final String lowText,
      final long high,
      final String highText,
      final int most) {
    final String kind = "durations with their units, " + lowText + " to " + highText;
    final List<Long> durations = new ArrayList<>();
    each(
        key,
        Range.of(1, most),
        kind,
        (element) -> {
          final Section one =
              new Section(
                  ConfigValueFactory.fromMap(Map.of()).withValue("", element), path, problems);
          final Long nanos = one.duration("", low, high);
          if (nanos == null) {
            rejectElement(key, element, kind);
          } else {
            durations.add(nanos);
          }
        });
    requireRising(key, durations);
    return durations;
  }

  private <T extends Comparable<T>> void requireRising(final String key, final List<T> numbers) {
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i).compareTo(numbers.get(i - 1)) <= 0) {
        reject(key, render(values.get(key)), "each of them above the one before");
        return;
      }
    }
  }

  private void rejectElement(final String key, final ConfigValue element, final String expected) {
    problems.add(element.origin(), path(key), render(element), expected);
  }

  private static String render(final ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private void each(
      final String key, final Range size, final String kind, final Consumer<ConfigValue> taker) {
    final String expected = "a list [ … ] of " + size + " " + kind;
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return;
    }
    if (!(value instanceof ConfigList elements)
        || !size.contains(BigDecimal.valueOf(elements.size()))) {
      reject(
          key,
          value instanceof ConfigList ? "a list of " + size(key) : shown(key, value),
          expected);
      return;
    }
    elements.forEach(taker);
  }

  private static String scalarAt(final ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> String.valueOf(value.unwrapped());
      case LIST, OBJECT, NULL -> "";
    };
  }

  /** What a reader makes of each key of this section, by key, where the keys are names. */
  public <T> Map<String, T> byName(final Function<String, T> reader) {
    final Map<String, T> result = new TreeMap<>();
    for (final String key : new TreeSet<>(values.keySet())) {
      if (key.isBlank() || key.length() > MAX_NAME) {
        problems.add(
            origin(key), path(key), "this name", "a name of 1 to " + MAX_NAME + " characters");
        continue;
      }
      final T made = reader.apply(key);
      if (made != null) {
        result.put(key, made);
      }
    }
    return result;
  }

  /** A number in its range; null, and a problem, if there is none. */
  private BigDecimal decimal(final String key, final String kind, final Range range) {
    final String expected = kind + ", " + range;
    final ConfigValue value = value(key, expected);
    if (value == null) {
      return null;
    }
    try {
      final BigDecimal number = new BigDecimal(scalar(key, value));
      if (range.contains(number)) {
        return number;
      }
    } catch (final NumberFormatException e) {
      // Reported below.
    }
    reject(key, shown(key, value), expected);
    return null;
  }

  /** The value of a key; null, and a problem, if there is none. */
  private ConfigValue value(final String key, final String expected) {
    known.add(key);
    if (path.indexOf('[') < 0) {
      problems.addPath(path(key));
    }
    if (absent) {
      return null;
    }
    if (!has(key)) {
      problems.addMissing(origin(key), path(key), expected);
      return null;
    }
    return values.get(key);
  }

  /** A single value as it was written; empty for lists and objects. */
  private String scalar(final String key, final ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> config.getString(ConfigUtil.quoteString(key));
      case LIST, OBJECT, NULL -> "";
    };
  }

  private String shown(final String key, final ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> "\"" + scalar(key, value) + "\"";
      case NUMBER, BOOLEAN -> scalar(key, value);
      case LIST -> "a list";
      case OBJECT -> "an object";
      case NULL -> "null";
    };
  }

  private static boolean endsInLetter(final String text) {
    return !text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1));
  }
}
