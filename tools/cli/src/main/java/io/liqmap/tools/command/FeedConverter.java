package io.liqmap.tools.command;

import picocli.CommandLine.ITypeConverter;

/**
 * Reads the name of a feed: a path, or what follows the kind of a live feed, as {@link
 * PathConverter} does.
 */
public final class FeedConverter implements ITypeConverter<String> {
  private final PathConverter paths = new PathConverter();

  @Override
  public String convert(final String text) {
    paths.convert(text.replaceFirst("^(unix|ring):", ""));
    return text;
  }
}
