package io.liqmap.tools.answer;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * A component of an answer's record, with what its annotations say: looked up once for each type,
 * since a map has ten thousands of records.
 */
final class Component {
  private static final ClassValue<List<Component>> OF_TYPE =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(final Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Component::new).toList();
        }
      };

  private final Method accessor;
  private final String name;
  private final boolean isInlined;
  private final boolean isTextOnly;
  private final LabelledLines.Label label;

  private Component(final RecordComponent component) {
    accessor = component.getAccessor();
    accessor.setAccessible(true);
    final Json.Name named = component.getAnnotation(Json.Name.class);
    name = named == null ? component.getName() : named.value();
    isInlined = component.isAnnotationPresent(Json.Inlined.class);
    isTextOnly = component.isAnnotationPresent(Json.TextOnly.class);
    label = component.getAnnotation(LabelledLines.Label.class);
  }

  /** The components of a record, in their order. */
  static List<Component> of(final Record record) {
    return OF_TYPE.get(record.getClass());
  }

  Object value(final Record record) {
    try {
      return accessor.invoke(record);
    } catch (final ReflectiveOperationException e) {
      throw new IllegalStateException(accessor + " is unreadable", e);
    }
  }

  Class<?> type() {
    return accessor.getReturnType();
  }

  /** Name of its member in JSON. */
  String name() {
    return name;
  }

  boolean isInlined() {
    return isInlined;
  }

  boolean isTextOnly() {
    return isTextOnly;
  }

  /** How it is printed as text; null where it isn't. */
  LabelledLines.Label label() {
    return label;
  }
}
