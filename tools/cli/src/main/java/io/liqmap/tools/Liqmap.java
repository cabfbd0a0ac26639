package io.liqmap.tools;

import io.liqmap.engine.pipeline.JvmFlags;
import io.liqmap.tools.answer.Output;
import io.liqmap.tools.answer.OutputException;
import io.liqmap.tools.command.AskCommand;
import io.liqmap.tools.command.BenchCommand;
import io.liqmap.tools.command.BracketsCommand;
import io.liqmap.tools.command.DemoCommand;
import io.liqmap.tools.command.ExitCodes;
import io.liqmap.tools.command.HeatmapCommand;
import io.liqmap.tools.command.ImportCommand;
import io.liqmap.tools.command.InspectCommand;
import io.liqmap.tools.command.JournalCommand;
import io.liqmap.tools.command.LaboratoryCommand;
import io.liqmap.tools.command.LiveCommand;
import io.liqmap.tools.command.MapCommand;
import io.liqmap.tools.command.MarginCommand;
import io.liqmap.tools.command.ModuleCommand;
import io.liqmap.tools.command.PathConverter;
import io.liqmap.tools.command.ProfileCommand;
import io.liqmap.tools.command.ReplayCommand;
import io.liqmap.tools.command.RunCommand;
import io.liqmap.tools.command.ScoreCommand;
import io.liqmap.tools.command.ServeCommand;
import io.liqmap.tools.command.SettingsCommand;
import io.liqmap.tools.command.StatCommand;
import io.liqmap.tools.command.VerifyCommand;
import io.liqmap.tools.command.WatchCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The entry point: {@code liqmap COMMAND}. */
@Command(
    name = "liqmap",
    version = "liqmap 0.1.0",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    description = {
      "Estimates where leveraged positions would be force-closed, as a distribution over price.",
      "An estimate, not a forecast: each answer says what it assumes and what it covers."
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input data, 4 damaged journal.",
      "Times: ISO-8601 (2024-08-05T12:00:00Z) or epoch with a unit (1722859200s, ms, us, ns)."
    })
public final class Liqmap implements Runnable {
  private static final String COMPLETION = "generate-completion";

  /** Words that, alone, need no command's options. */
  private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

  /** In the order of the help. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  @Spec private CommandSpec spec;

  private static Map<String, Class<?>> commands() {
    final Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand.class);
    commands.put("import", ImportCommand.class);
    commands.put("run", RunCommand.class);
    commands.put("live", LiveCommand.class);
    commands.put("serve", ServeCommand.class);
    commands.put("map", MapCommand.class);
    commands.put("heatmap", HeatmapCommand.class);
    commands.put("watch", WatchCommand.class);
    commands.put("ask", AskCommand.class);
    commands.put("score", ScoreCommand.class);
    commands.put("profile", ProfileCommand.class);
    commands.put("replay", ReplayCommand.class);
    commands.put("verify", VerifyCommand.class);
    commands.put("stat", StatCommand.class);
    commands.put("journal", JournalCommand.class);
    commands.put("inspect", InspectCommand.class);
    commands.put("margin", MarginCommand.class);
    commands.put("brackets", BracketsCommand.class);
    commands.put("settings", SettingsCommand.class);
    commands.put("laboratory", LaboratoryCommand.class);
    commands.put("cluster", ModuleCommand.Cluster.class);
    commands.put("backfill", ModuleCommand.Backfill.class);
    commands.put("bench", BenchCommand.class);
    commands.put(COMPLETION, AutoComplete.GenerateCompletion.class);
    return commands;
  }

  /**
   * The command line with the command that the first word names. With all commands where it names
   * none: help, completion and errors list them, and reading their options takes longest.
   */
  static CommandLine commandLine(final String... args) {
    final String first = args.length == 0 ? "" : args[0];
    final CommandLine line = new CommandLine(new Liqmap());
    if (COMMANDS.containsKey(first) && !first.equals(COMPLETION)) {
      line.addSubcommand(first, ModuleCommand.found(first, COMMANDS.get(first)));
      return line;
    }
    final boolean isHelp = args.length == 1 && HELP.contains(first);
    for (final Map.Entry<String, Class<?>> command : COMMANDS.entrySet()) {
      line.addSubcommand(
          command.getKey(), isHelp ? described(command.getValue()) : command.getValue());
    }
    return line;
  }

  /** A command as the list of commands shows it, without its options. */
  private static CommandSpec described(final Class<?> command) {
    final CommandSpec described = CommandSpec.create();
    described.usageMessage().description(command.getAnnotation(Command.class).description());
    return described;
  }

  /** Runs a command and exits with its code. */
  public static void main(final String[] args) {
    try {
      JvmFlags.require();
    } catch (final IllegalStateException e) {
      System.err.println("liqmap: " + e.getMessage() + ", as tools/bin/liqmap does");
      System.exit(ExitCodes.FAILED);
    }
    // Not System.out, which swallows errors of writing.
    System.exit(execute(new FileOutputStream(FileDescriptor.out), args));
  }

  /** Runs a command; see {@link ExitCodes} for what it returns. */
  public static int execute(final String... args) {
    return execute(System.out, args);
  }

  private static int execute(final OutputStream results, final String... args) {
    final CommandLine line = commandLine(args);
    final Output output = Output.standard(results);
    final PrintWriter out = output.writer();
    line.setOut(out);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Path.class, new PathConverter());
    line.setExecutionExceptionHandler(new Failure());
    line.setExecutionStrategy(new Execution());
    int code;
    try {
      code = line.execute(args);
      out.flush();
    } catch (final OutputException e) {
      report(line, e);
      code = ExitCodes.FAILED;
    } catch (final OutOfMemoryError e) {
      line.getErr()
          .println(
              "liqmap: out of memory ("
                  + e.getMessage()
                  + "), Java has "
                  + (Runtime.getRuntime().maxMemory() >> 20)
                  + " MiB; give it more with JAVA_OPTS=-Xmx…");
      return ExitCodes.FAILED;
    }
    return output.hasFailed() ? ExitCodes.FAILED : code;
  }

  /** No lambda, like the next: Java can't archive picocli's classes where lambdas refer to them. */
  private static final class Failure implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        final Exception e, final CommandLine failed, final ParseResult parsed) {
      report(failed, e);
      return ExitCodes.of(e);
    }
  }

  /**
   * Help is printed outside of a command, and picocli prints what goes wrong there as a stack
   * trace.
   */
  private static final class Execution implements IExecutionStrategy {
    @Override
    public int execute(final ParseResult parsed) {
      try {
        return new CommandLine.RunLast().execute(parsed);
      } catch (final OutputException e) {
        report(parsed.commandSpec().commandLine(), e);
        return ExitCodes.FAILED;
      }
    }
  }

  private static void report(final CommandLine failed, final Exception e) {
    if (e instanceof OutputException output && output.isReaderGone()) {
      return;
    }
    failed.getErr().println(failed.getColorScheme().errorText("liqmap: " + ExitCodes.message(e)));
    if (System.getProperty("liqmap.trace") != null) {
      e.printStackTrace(failed.getErr());
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command");
  }
}
