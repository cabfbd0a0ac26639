package io.liqmap.engine.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Flags that Java needs for Agrona, the codecs and Chronicle Queue; without them classes fail to
 * load with errors that don't name the flags.
 */
public final class JvmFlags {
  private static final List<String> EXPORTED =
      List.of("jdk.internal.misc", "jdk.internal.ref", "sun.nio.ch");
  private static final List<String> OPENED = List.of("sun.nio.ch", "java.lang.reflect");

  private JvmFlags() {}

  /**
   * Requires the flags that open packages of Java, as {@code config/jvm.options} has them.
   *
   * @throws IllegalStateException if some are missing, naming them
   */
  public static void require() {
    final Module base = Object.class.getModule();
    final Module ours = JvmFlags.class.getModule();
    final List<String> missing = new ArrayList<>();
    for (final String name : EXPORTED) {
      if (!base.isExported(name, ours)) {
        missing.add("--add-exports=java.base/" + name + "=ALL-UNNAMED");
      }
    }
    for (final String name : OPENED) {
      if (!base.isOpen(name, ours)) {
        missing.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Java was started without "
              + String.join(" ", missing)
              + "; start it with the flags of config/jvm.options ('java @config/jvm.options …')");
    }
  }
}
