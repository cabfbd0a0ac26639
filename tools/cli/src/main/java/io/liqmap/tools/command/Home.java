package io.liqmap.tools.command;

import java.nio.file.Path;

/** Where the project lies: the launcher says so. */
public final class Home {
  private Home() {}

  static Path root() {
    return Path.of(System.getProperty("liqmap.home", "."));
  }

  /** Settings that come with the project. */
  public static Path config() {
    return root().resolve("config");
  }

  /** Scenarios of the simulated venue. */
  public static Path laboratory() {
    return config().resolve("laboratory.conf");
  }

  /** How venues are reached. */
  static Path venues() {
    return config().resolve("venues.conf");
  }
}
