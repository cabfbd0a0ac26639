package io.liqmap.tools.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a tree of records as JSON: a member per component, by its name and in its order. Null and
 * numbers that aren't finite become null; an empty {@link Optional} is omitted. By reflection,
 * because a data-binding library takes longer to start than most commands take to run.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator json;

  private Json(final JsonGenerator json) {
    this.json = json;
  }

  /** A member's name where Java has no such identifier. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Name {
    /** The name. */
    String value();
  }

  /** Writes a component's members in the object that the component is of; nothing for null. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Inlined {}

  /** Omits a component from JSON: it is for the text alone. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface TextOnly {}

  /** Writes an answer and ends the line; the writer stays open. */
  public static void write(final Record answer, final PrintWriter out) throws IOException {
    try (JsonGenerator json =
        FACTORY.createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter())) {
      new Json(json).value(answer);
    }
    out.println();
    out.flush();
  }

  /** An answer as a text that ends its line. */
  public static String text(final Record answer) {
    final StringWriter text = new StringWriter();
    try {
      write(answer, new PrintWriter(text));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** An answer on one line, without its end. */
  public static String line(final Record answer) {
    final StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      new Json(json).value(answer);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void value(final Object value) throws IOException {
    if (value instanceof Record record) {
      json.writeStartObject();
      members(record);
      json.writeEndObject();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (final Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        value(entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof Collection<?> list) {
      json.writeStartArray();
      for (final Object element : list) {
        value(element);
      }
      json.writeEndArray();
    } else if (value instanceof Double number) {
      if (Double.isFinite(number)) {
        json.writeNumber(plain(number));
      } else {
        json.writeNull();
      }
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(value == null ? null : value.toString());
    }
  }

  private void members(final Record record) throws IOException {
    for (final Component component : Component.of(record)) {
      final Object value = component.value(record);
      if (component.isTextOnly() || value == Optional.empty()) {
        continue;
      }
      if (component.isInlined()) {
        if (value != null) {
          members((Record) value);
        }
        continue;
      }
      json.writeFieldName(component.name());
      value(value instanceof Optional<?> known ? known.get() : value);
    }
  }

  /** 60000.0 and not 6.0E4, to twelve digits. */
  private static BigDecimal plain(final double value) {
    final BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(12)).stripTrailingZeros();
    return rounded.scale() < 1 ? rounded.setScale(1) : rounded;
  }
}
