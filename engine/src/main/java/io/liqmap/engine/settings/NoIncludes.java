package io.liqmap.engine.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;

/**
 * Refuses what HOCON can include: settings from a journal or another user could read any file, or
 * call any address.
 */
final class NoIncludes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  static final NoIncludes INSTANCE = new NoIncludes();

  private NoIncludes() {}

  @Override
  public ConfigIncluder withFallback(final ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(final ConfigIncludeContext context, final String what) {
    throw refused(what);
  }

  @Override
  public ConfigObject includeFile(final ConfigIncludeContext context, final File what) {
    throw refused(what);
  }

  @Override
  public ConfigObject includeURL(final ConfigIncludeContext context, final URL what) {
    throw refused(what);
  }

  @Override
  public ConfigObject includeResources(final ConfigIncludeContext context, final String what) {
    throw refused(what);
  }

  private static ConfigException refused(final Object what) {
    return new ConfigException.Generic(
        "it includes '" + what + "'; settings include nothing, write them into one file");
  }
}
