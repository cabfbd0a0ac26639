package io.liqmap.benchmarks.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The passages of a run, process after process, round after round. */
final class Results {
  private final int rounds;
  private final Map<Leg, List<Passage>> passages = new LinkedHashMap<>();
  private final Map<Double, Map<Leg, List<Passage>>> byRate = new LinkedHashMap<>();

  /** Of processes that each measure a stage in so many rounds. */
  Results(final int rounds) {
    this.rounds = rounds;
  }

  void add(final Leg leg, final Passage passage) {
    passages.computeIfAbsent(leg, (key) -> new ArrayList<>()).add(passage);
  }

  void add(final Leg leg, final double rate, final Passage passage) {
    byRate
        .computeIfAbsent(rate, (key) -> new LinkedHashMap<>())
        .computeIfAbsent(leg, (key) -> new ArrayList<>())
        .add(passage);
  }

  Set<Leg> legs() {
    return passages.keySet();
  }

  Set<Double> rates() {
    return byRate.keySet();
  }

  Set<Leg> legs(final double rate) {
    return byRate.get(rate).keySet();
  }

  List<Passage> of(final Leg leg) {
    return passages.get(leg);
  }

  List<Passage> of(final Leg leg, final double rate) {
    return byRate.get(rate).get(leg);
  }

  List<Passage> of(final String key) {
    return named(passages, key);
  }

  /** Paced passages of a stage with a name. */
  List<Passage> of(final String key, final double rate) {
    return named(byRate.get(rate), key);
  }

  private static List<Passage> named(final Map<Leg, List<Passage>> from, final String key) {
    return from.entrySet().stream()
        .filter((entry) -> entry.getKey().key().equals(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no stage " + key));
  }

  /** Whether a paced stage with a name was measured at a rate. */
  boolean has(final String key, final double rate) {
    return byRate.get(rate).keySet().stream().anyMatch((leg) -> leg.key().equals(key));
  }

  /** Whether a stage with a name was measured. */
  boolean has(final String key) {
    return passages.keySet().stream().anyMatch((leg) -> leg.key().equals(key));
  }

  Spread spread(final List<Passage> passed, final ToDoubleFunction<Passage> figure) {
    return Spread.of(rounds, passed.stream().mapToDouble(figure).toArray());
  }

  /** A figure made of two passages of the same round. */
  Spread spread(
      final List<Passage> first,
      final List<Passage> second,
      final ToDoubleBiFunction<Passage, Passage> figure) {
    final double[] values = new double[first.size()];
    for (int round = 0; round < values.length; round++) {
      values[round] = figure.applyAsDouble(first.get(round), second.get(round));
    }
    return Spread.of(rounds, values);
  }

  /** Latency at a percentile, ns, over the rounds. */
  Spread latency(final List<Passage> passed, final double percentile) {
    return spread(passed, (round) -> (double) round.latency().getValueAtPercentile(percentile));
  }

  /** What threads did that had nothing to do, all rounds and stages at a rate. */
  Histogram hiccups(final double rate) {
    final Histogram all = new Histogram(HiccupMeter.MAX, 3);
    byRate
        .get(rate)
        .values()
        .forEach((rounds) -> rounds.forEach((round) -> all.add(round.hiccups())));
    return all;
  }

  static Histogram latencies(final List<Passage> rounds) {
    final Histogram all = new Histogram(HiccupMeter.MAX, 3);
    rounds.forEach((round) -> all.add(round.latency()));
    return all;
  }

  /**
   * Whether every stage that ends with a map ended with the same state in every round, and every
   * other stage with the same answer each time.
   */
  boolean areAnswersEqual() {
    boolean equal = areEqual(passages);
    for (final Map<Leg, List<Passage>> paced : byRate.values()) {
      equal &= areEqual(paced);
    }
    return equal;
  }

  private static boolean areEqual(final Map<Leg, List<Passage>> legs) {
    final Set<Long> states = new HashSet<>();
    boolean equal = true;
    for (final Map.Entry<Leg, List<Passage>> entry : legs.entrySet()) {
      final Set<Long> answers = new HashSet<>();
      entry.getValue().forEach((passage) -> answers.add(passage.answer()));
      equal &= answers.size() == 1;
      if (entry.getKey().task().isMapping()) {
        states.addAll(answers);
      }
    }
    return equal && states.size() <= 1;
  }

  /** Hash of the state that the whole flow leads to. */
  long stateHash() {
    return passages.entrySet().stream()
        .filter((entry) -> entry.getKey().task().isMapping())
        .mapToLong((entry) -> entry.getValue().get(0).answer())
        .findFirst()
        .orElse(0);
  }
}
