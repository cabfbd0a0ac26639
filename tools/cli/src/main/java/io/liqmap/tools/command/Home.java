package io.liqmap.tools.command;

import java.nio.file.Path;

/** Where the project lies: the launcher says so. */
final class Home {
  private Home() {}

  /** Folder of the project. */
  static Path root() {
    return Path.of(System.getProperty("liqmap.home", "."));
  }

  /** Folder of the settings that ship with the project. */
  static Path config() {
    return root().resolve("config");
  }
}
