package io.liqmap.tools.command;

import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.engine.settings.SettingDescription;
import io.liqmap.tools.answer.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code liqmap settings}: every key with its value, range and meaning. */
@Command(
    name = "settings",
    description = {
      "Prints each key of the settings with its value, range and meaning; of the models the first.",
      "config/engine.conf says more about each."
    })
public final class SettingsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, laid over config/engine.conf.")
  private Path config;

  @Option(names = "--json", description = "Print them as JSON.")
  private boolean json;

  private record Answer(List<SettingDescription> settings) {}

  @Override
  public Integer call() throws IOException {
    final Answer answer = new Answer(LiqmapConfig.load(config, Home.config()).describe());
    final PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.write(answer, out);
      return ExitCodes.DONE;
    }
    for (final SettingDescription setting : answer.settings()) {
      out.printf(
          "%s = %s%n    %s (%s)%n",
          setting.key(), setting.value(), setting.description(), setting.range());
    }
    return ExitCodes.DONE;
  }
}
