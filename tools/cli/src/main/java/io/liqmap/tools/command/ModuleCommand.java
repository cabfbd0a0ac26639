package io.liqmap.tools.command;

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

  /** The command where its module isn't there. */
  abstract class Absent implements Runnable {
    @Spec private CommandSpec spec;

    @Unmatched private List<String> rest = List.of();

    @Override
    public final void run() {
      throw new ParameterException(
          spec.commandLine(),
          String.join(" ", spec.name(), String.join(" ", rest)).trim()
              + ": is in a module of its own, so start it with tools/bin/liqmap");
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
