package io.liqmap.engine.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import io.liqmap.engine.core.map.EntryBudget;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting: how it is read, checked, written and described.
 *
 * @param name within its section
 * @param range values that it may have, with their unit
 * @param reader reads and checks the value under a key of a section
 * @param writer writes a value as a journal's settings have it
 * @param getter of the value
 * @param older value in journals made before the key was introduced; null if it is required
 * @param description one sentence
 */
record Key<S, V>(
    String name,
    String range,
    BiFunction<Section, String, V> reader,
    Function<V, String> writer,
    Function<S, V> getter,
    V older,
    String description) {

  /** The value of a section; null, and a problem, if it is wrong. */
  V read(final Section at) {
    if (older != null && !at.has(name)) {
      return older;
    }
    final int problems = at.problems();
    final V value = reader.apply(at, name);
    return at.problems() == problems ? value : null;
  }

  /** The value of some settings as text. */
  String write(final S settings) {
    return writer.apply(getter.apply(settings));
  }

  /** Whether a journal keeps it: not an empty list, where older journals have none either. */
  boolean isKept(final S settings) {
    return !List.of().equals(older) || !older.equals(getter.apply(settings));
  }

  Key<S, V> orIfOlder(final V value) {
    return new Key<>(name, range, reader, writer, getter, value, description);
  }

  static <S> Key<S, Double> number(
      final String name,
      final String low,
      final String high,
      final Function<S, Double> getter,
      final String description) {
    final Range range = Range.of(low, high);
    return new Key<>(
        name,
        range.toString(),
        (at, key) -> at.number(key, range),
        SettingsText::number,
        getter,
        null,
        description);
  }

  static <S> Key<S, Integer> whole(
      final String name,
      final long low,
      final long high,
      final Function<S, Integer> getter,
      final String description) {
    final Range range = Range.of(low, high);
    return new Key<>(
        name,
        "whole number, " + range,
        (at, key) -> at.whole(key, range),
        String::valueOf,
        getter,
        null,
        description);
  }

  static <S> Key<S, Boolean> flag(
      final String name, final Function<S, Boolean> getter, final String description) {
    return new Key<>(
        name, "true or false", Section::flag, String::valueOf, getter, null, description);
  }

  static <S, E extends Enum<E>> Key<S, E> choice(
      final String name,
      final List<E> constants,
      final Function<S, E> getter,
      final String description) {
    return new Key<>(
        name,
        constants.stream().map(Key::lower).collect(Collectors.joining(", ")),
        (at, key) -> at.choice(key, constants),
        Key::lower,
        getter,
        null,
        description);
  }

  /** A duration, ns. */
  static <S> Key<S, Long> duration(
      final String name,
      final String low,
      final String high,
      final Function<S, Long> getter,
      final String description) {
    return new Key<>(
        name,
        "duration, " + low + " to " + high,
        (at, key) -> at.nanos(key, low, high),
        SettingsText::duration,
        getter,
        null,
        description);
  }

  /** A size, bytes. */
  static <S> Key<S, Long> size(
      final String name,
      final String low,
      final String high,
      final Function<S, Long> getter,
      final String description) {
    final long most = Math.min(EntryBudget.UNLIMITED, parsed(high).getBytes("value"));
    return new Key<>(
        name,
        "size, " + low + " to " + high,
        (at, key) -> at.bytes(key, parsed(low).getBytes("value"), low, most, high),
        SettingsText::size,
        getter,
        null,
        description);
  }

  /** Rising whole numbers. */
  static <S> Key<S, List<Integer>> wholes(
      final String name,
      final long low,
      final long high,
      final int most,
      final Function<S, List<Integer>> getter,
      final String description) {
    final Range range = Range.of(low, high);
    return new Key<>(
        name,
        "1 to " + most + " rising whole numbers, " + range,
        (at, key) -> at.wholes(key, range, most),
        String::valueOf,
        getter,
        null,
        description);
  }

  /** Rising durations, ns. */
  static <S> Key<S, List<Long>> durations(
      final String name,
      final String low,
      final String high,
      final int most,
      final Function<S, List<Long>> getter,
      final String description) {
    return new Key<>(
        name,
        "1 to " + most + " rising durations, " + low + " to " + high,
        (at, key) -> at.durations(key, nanos(low), low, nanos(high), high, most),
        (values) -> values.stream().map(SettingsText::duration).toList().toString(),
        getter,
        null,
        description);
  }

  /** Different names. */
  static <S> Key<S, List<String>> names(
      final String name,
      final int most,
      final Function<S, List<String>> getter,
      final String description) {
    return names(name, 1, most, getter, description);
  }

  static <S> Key<S, List<String>> namesOrNone(
      final String name,
      final int most,
      final Function<S, List<String>> getter,
      final String description) {
    return names(name, 0, most, getter, description);
  }

  private static <S> Key<S, List<String>> names(
      final String name,
      final int least,
      final int most,
      final Function<S, List<String>> getter,
      final String description) {
    return new Key<>(
        name,
        least + " to " + most + " names",
        (at, key) -> at.names(key, least, most),
        (values) -> values.stream().map(ConfigUtil::quoteString).toList().toString(),
        getter,
        null,
        description);
  }

  private static String lower(final Enum<?> constant) {
    return String.valueOf(constant).toLowerCase(Locale.ROOT);
  }

  private static long nanos(final String text) {
    return parsed(text).getDuration("value", TimeUnit.NANOSECONDS);
  }

  private static Config parsed(final String text) {
    return ConfigFactory.parseMap(Map.of("value", text));
  }
}
