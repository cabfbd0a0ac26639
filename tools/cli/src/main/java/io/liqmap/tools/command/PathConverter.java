package io.liqmap.tools.command;

import io.liqmap.tools.answer.Format;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a path as a user types it; an empty one would be the folder that happens to be current. */
public final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(final String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("'" + text + "' names no file or folder");
    }
    try {
      return Path.of(text);
    } catch (final InvalidPathException e) {
      throw new TypeConversionException(
          "'"
              + Format.printable(text)
              + "' is no path here: "
              + e.getReason()
              + (text.indexOf('\0') < 0
                  ? "; the locale has the character set "
                      + System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name())
                      + ", start liqmap with LC_ALL=C.UTF-8"
                  : ""));
    }
  }
}
