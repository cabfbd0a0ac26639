package io.liqmap.tools.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;

/** Starts JSON answers. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private Json() {}

  static JsonGenerator on(final PrintWriter out) throws IOException {
    return FACTORY.createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
  }

  /** A member that is a number; null where it is none. */
  static void number(final JsonGenerator json, final String name, final double value)
      throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, plain(value));
    } else {
      json.writeNullField(name);
    }
  }

  /**
   * A double as people write it: 60000.0 and not 6.0E4; what it loses is beyond its twelfth digit.
   */
  static BigDecimal plain(final double value) {
    final BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(12)).stripTrailingZeros();
    return rounded.scale() < 1 ? rounded.setScale(1) : rounded;
  }
}
