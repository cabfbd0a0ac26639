package io.liqmap.engine.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JVM of its own for a test: the class path of this one, the flags of config/jvm.options. */
public final class ChildJvm {
  private static final int NEWER_FLAGS = 23;

  private ChildJvm() {}

  /**
   * The command that runs a program on the JDK of this one.
   *
   * @param flags win over those of every child: a small heap, no slow compiler
   */
  public static List<String> command(
      final Class<?> program, final List<String> flags, final Object... arguments) {
    return command(Jdk.running(), program, flags, arguments);
  }

  /** The same on a JDK of choice. */
  public static List<String> command(
      final Jdk jdk, final Class<?> program, final List<String> flags, final Object... arguments) {
    final Path root = RealData.root();
    final List<String> command = new ArrayList<>();
    command.add(jdk.home().resolve("bin/java").toString());
    command.add("@" + root.resolve("config/jvm.options"));
    if (jdk.feature() >= NEWER_FLAGS) {
      command.add("@" + root.resolve("config/jvm-23.options"));
    }
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.add("-Dliqmap.home=" + root);
    command.addAll(flags);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(program.getName());
    Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
    return command;
  }
}
