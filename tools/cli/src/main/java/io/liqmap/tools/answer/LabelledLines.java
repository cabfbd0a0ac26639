package io.liqmap.tools.answer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Locale;

/** Prints a record as lines: each labelled component, and the records of each list. */
final class LabelledLines {
  private static final String NONE = "none";

  private final Lines to;
  private final String notionalUnit;

  LabelledLines(final Lines to, final String notionalUnit) {
    this.to = to;
    this.notionalUnit = notionalUnit;
  }

  /** A component that is printed, and how. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Label {
    /** What comes before it. */
    String value();

    /** Form of a number. */
    As as() default As.NUMBER;
  }

  /** Forms of numbers. */
  enum As {
    NUMBER,
    PRICE,
    NOTIONAL,
    BPS,
    SHARE,
    RATE,
    SIGMAS
  }

  void print(final Record record) {
    for (final Component component : Component.of(record)) {
      final Object value = component.value(record);
      final Label label = component.label();
      if (label != null) {
        final String none = component.type() == ClusterAnswer.class ? NONE : Format.UNKNOWN;
        to.line(label.value(), "%s", value == null ? none : text(value, label.as()));
      } else if (value instanceof List<?> list) {
        list.forEach(this::element);
      }
    }
  }

  private void element(final Object element) {
    if (element instanceof ClusterAnswer cluster) {
      to.line("", "%s", cluster.text(notionalUnit));
    } else if (element instanceof Record record) {
      print(record);
    }
  }

  private String text(final Object value, final As form) {
    if (value instanceof ClusterAnswer cluster) {
      return cluster.text(notionalUnit);
    }
    if (value instanceof Boolean flag) {
      return flag ? "yes" : "no";
    }
    if (value instanceof Long count) {
      return Format.count(count);
    }
    return value instanceof Double number ? number(number, form) : value.toString();
  }

  private String number(final double value, final As form) {
    return switch (form) {
      case PRICE -> Double.isNaN(value) ? NONE : Format.price(value);
      case NOTIONAL ->
          Double.isNaN(value) ? Format.UNKNOWN : Format.amount(value) + " " + notionalUnit;
      case BPS -> Format.bps(value);
      case SHARE -> Format.percent(value);
      case RATE ->
          Double.isNaN(value)
              ? Format.UNKNOWN
              : String.format(Locale.ROOT, "%+.4f %%", value * 100);
      case SIGMAS -> Format.sigmas(value);
      case NUMBER ->
          Double.isNaN(value) ? Format.UNKNOWN : String.format(Locale.ROOT, "%.6g", value);
    };
  }
}
