package io.liqmap.tools.command;

import io.liqmap.tools.answer.Moment;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a point in a feed as the user gave it. */
final class MomentConverter implements ITypeConverter<Moment> {
  @Override
  public Moment convert(final String text) {
    try {
      return Moment.of(text);
    } catch (final IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
