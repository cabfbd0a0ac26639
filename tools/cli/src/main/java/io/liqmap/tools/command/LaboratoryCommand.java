package io.liqmap.tools.command;

import io.liqmap.engine.settings.LiqmapConfig;
import io.liqmap.tools.answer.Json;
import io.liqmap.tools.answer.LaboratoryAnswer;
import io.liqmap.tools.laboratory.Experiment;
import io.liqmap.tools.laboratory.Findings;
import io.liqmap.tools.venue.Scenario;
import io.liqmap.tools.venue.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code liqmap laboratory}: maps beside the true positions of simulated venues. */
@Command(
    name = "laboratory",
    description = {
      "Simulates markets whose true positions are known, and compares each model's map with them,",
      "beside controls: the old default profile, and random ones. Says nothing about a real venue."
    })
public final class LaboratoryCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final int MAX_SEEDS = 10_000;
  private static final int MAX_DAYS = 3_650;
  private static final int MAX_DRAWS = 1_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--scenario",
      required = true,
      paramLabel = "NAME",
      description = "A scenario of config/laboratory.conf, or all.")
  private String name;

  @Option(
      names = "--seeds",
      defaultValue = "20",
      paramLabel = "N",
      description = "Runs of each scenario, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--days",
      defaultValue = "45",
      paramLabel = "D",
      description = "Days that a run simulates, 1 to 3650 (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--draws",
      defaultValue = "20",
      paramLabel = "N",
      description = "Random profiles for each run, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int draws;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings that differ from config/engine.conf: its models are compared.")
  private Path config;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    requireRange("--seeds", seeds, MAX_SEEDS);
    requireRange("--days", days, MAX_DAYS);
    requireRange("--draws", draws, MAX_DRAWS);
    final LiqmapConfig settings = LiqmapConfig.load(config, Home.config());
    final Scenarios scenarios = Scenarios.load(Home.laboratory());
    final List<Findings> findings = new ArrayList<>();
    final AtomicInteger done = new AtomicInteger();
    final List<Scenario> chosen = chosen(scenarios);
    try (Progress progress =
        new Progress(
            spec.commandLine().getErr(),
            "laboratory",
            () -> done.get() / (double) (chosen.size() * seeds))) {
      progress.start();
      for (final Scenario scenario : chosen) {
        findings.add(Findings.of(scenario.name(), experiments(settings, scenario, done)));
      }
    }
    final PrintWriter out = spec.commandLine().getOut();
    final LaboratoryAnswer answer = new LaboratoryAnswer(days, seeds, draws, findings);
    if (json) {
      Json.write(answer, out);
    } else {
      answer.print(out);
    }
    return ExitCodes.DONE;
  }

  private void requireRange(final String option, final int value, final int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " has to be 1 to " + most + ", was " + value);
    }
  }

  private List<Scenario> chosen(final Scenarios scenarios) {
    if (name.equals(ALL)) {
      return scenarios.names().stream()
          .filter((scenario) -> !scenario.equals(DemoCommand.SCENARIO))
          .map(scenarios::of)
          .toList();
    }
    return List.of(DemoCommand.scenario(spec.commandLine(), scenarios, name));
  }

  /** On all processors; the findings are the same on any number of them. */
  private List<Experiment> experiments(
      final LiqmapConfig settings, final Scenario scenario, final AtomicInteger done) {
    return IntStream.rangeClosed(1, seeds)
        .parallel()
        .mapToObj(
            (seed) -> {
              final Experiment experiment =
                  Experiment.run(
                      settings.engine(),
                      settings.instruments().get(0),
                      scenario,
                      seed,
                      days,
                      draws);
              done.incrementAndGet();
              return experiment;
            })
        .toList();
  }
}
