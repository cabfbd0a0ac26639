package io.liqmap.tools.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * A command that a module of its own implements, which tools/bin/liqmap puts on the class path
 * where the command is named; found there by {@link ServiceLoader}, by its name.
 */
public interface ModuleCommand {
  /**
   * Returns what implements a command: the module's, where it is on the class path.
   *
   * @param absent the command that says what the module's would do
   */
  static Class<?> found(final String name, final Class<?> absent) {
    if (!Absent.class.isAssignableFrom(absent)) {
      return absent;
    }
    final Optional<Class<? extends ModuleCommand>> found =
        ServiceLoader.load(ModuleCommand.class).stream()
            .<Class<? extends ModuleCommand>>map(ServiceLoader.Provider::type)
            .filter((type) -> type.getAnnotation(Command.class).name().equals(name))
            .findFirst();
    return found.isPresent() ? found.get() : absent;
  }

  /** What is missing where a module isn't on the class path, and what to do. */
  static String absent(final String module) {
    return "needs the module tools/"
        + module
        + ", which isn't on the class path: tools/bin/liqmap in a checkout builds and adds it; over an unpacked archive"
        + " unpack liqmap-"
        + module
        + "-….tar.gz, which 'mvn package' makes in tools/"
        + module
        + "/target";
  }

  /** The command where its module isn't there. */
  abstract class Absent implements Runnable {
    @Spec private CommandSpec spec;

    @Unmatched private final List<String> rest = new ArrayList<>();

    @Override
    public final void run() {
      throw new ParameterException(
          spec.commandLine(),
          String.join(" ", spec.name(), String.join(" ", rest)).trim() + " " + absent(spec.name()));
    }
  }

  /** The engine on several machines. */
  @Command(name = "cluster", description = Cluster.DESCRIPTION)
  final class Cluster extends Absent {
    /** For the module's command too. */
    public static final String DESCRIPTION =
        "Replicates the engine on several machines: nodes, the feed into them, their status.";
  }

  /** Years of feeds, day by day. */
  @Command(name = "backfill", description = Backfill.DESCRIPTION)
  final class Backfill extends Absent {
    /** For the module's command too. */
    public static final String DESCRIPTION =
        "Computes years of history from feed files, a day of an instrument after the other, on one machine or many.";
  }
}
