package io.liqmap.tools.laboratory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What experiments on one scenario have shown, over their seeds; of controls over all draws.
 *
 * @param scenario its name
 * @param market what happened
 * @param models what each map has reached
 */
public record Findings(String scenario, Market market, List<Model> models) {
  /** What happened on the simulated venues; {@link Experiment.Market} has the units. */
  public record Market(
      MedianRange eventsPerDay,
      MedianRange returnPercent,
      MedianRange openInterest,
      MedianRange liquidatedLong,
      MedianRange liquidatedShort,
      MedianRange reported) {
    private static Market of(final List<Experiment.Market> all) {
      return new Market(
          MedianRange.of(all, Experiment.Market::eventsPerDay),
          MedianRange.of(all, Experiment.Market::returnPercent),
          MedianRange.of(all, Experiment.Market::openInterest),
          MedianRange.of(all, Experiment.Market::liquidatedLong),
          MedianRange.of(all, Experiment.Market::liquidatedShort),
          MedianRange.of(all, Experiment.Market::reported));
    }
  }

  /** What a map has reached; {@link Score} has the units. */
  public record Model(
      String name,
      MedianRange within3,
      MedianRange within10,
      MedianRange shape,
      MedianRange expectedLong,
      MedianRange expectedShort) {
    private static Model of(final String name, final List<Score> all) {
      return new Model(
          name,
          MedianRange.of(all, Score::within3),
          MedianRange.of(all, Score::within10),
          MedianRange.of(all, Score::shape),
          MedianRange.of(all, Score::expectedLong),
          MedianRange.of(all, Score::expectedShort));
    }
  }

  /** Sums up the experiments on a scenario. */
  public static Findings of(final String scenario, final List<Experiment> experiments) {
    return new Findings(
        scenario,
        Market.of(experiments.stream().map(Experiment::market).toList()),
        models(
            experiments.stream().flatMap((experiment) -> experiment.scores().stream()).toList()));
  }

  /** Sums up scores by model, in their order. */
  public static List<Model> models(final List<Score> scores) {
    final Map<String, List<Score>> byModel =
        scores.stream()
            .collect(Collectors.groupingBy(Score::model, LinkedHashMap::new, Collectors.toList()));
    return byModel.entrySet().stream()
        .map((entry) -> Model.of(entry.getKey(), entry.getValue()))
        .toList();
  }
}
