package io.liqmap.engine.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The keys of a record of settings, one for each component and in the order of them.
 *
 * @param name of the section
 * @param check of values against each other; a value that is wrong is missing there
 */
record Group<S>(
    String name,
    Class<S> type,
    List<Key<S, ?>> keys,
    BiConsumer<Section, Map<String, Object>> check) {

  /** Values that need no check against each other. */
  Group(final String name, final Class<S> type, final List<Key<S, ?>> keys) {
    this(name, type, keys, (at, values) -> {});
  }

  /** The settings of a section; null, and problems, if something is wrong. */
  S read(final Section at) {
    final Map<String, Object> values = new HashMap<>();
    for (final Key<S, ?> key : keys) {
      final Object value = key.read(at);
      if (value != null) {
        values.put(key.name(), value);
      }
    }
    check.accept(at, values);
    return at.make(() -> create(keys.stream().map((key) -> values.get(key.name())).toArray()));
  }

  /** Writes a line for each key that a journal keeps. */
  void write(final S settings, final StringBuilder text) {
    for (final Key<S, ?> key : keys) {
      if (key.isKept(settings)) {
        text.append(Section.join(name, key.name()))
            .append(" = ")
            .append(key.write(settings))
            .append('\n');
      }
    }
  }

  List<SettingDescription> describe(final String section, final S settings) {
    final String path = Section.join(section, name);
    return keys.stream().map((key) -> SettingDescription.of(path, key, settings)).toList();
  }

  private S create(final Object[] values) {
    try {
      return type.getDeclaredConstructor(
              Stream.of(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (final InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    } catch (final ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
