package io.liqmap.tools.answer;

import io.liqmap.engine.market.MapWriter;
import io.liqmap.tools.score.JournalScore;
import io.liqmap.tools.score.ScoreCard;
import io.liqmap.tools.score.ScoreOptions;
import java.util.List;

/**
 * What {@code score} says.
 *
 * @param time of the last event
 * @param sequence of the last event
 * @param stateHash of the state after it
 * @param controls random profiles
 * @param seed of random profiles and bootstrap
 * @param draws of the bootstrap
 * @param instruments a card each
 * @param notScored what other instruments lack
 */
public record ScoreAnswer(
    String time,
    long sequence,
    String stateHash,
    long controls,
    long seed,
    long draws,
    List<ScoreCard> instruments,
    List<String> notScored) {
  /** Of a journal that was replayed to its end. */
  public static ScoreAnswer of(
      final MapWriter writer, final long controls, final long seed, final JournalScore score) {
    return new ScoreAnswer(
        Format.time(writer.time()),
        writer.sequence(),
        Format.hash(writer.stateHash()),
        controls,
        seed,
        ScoreOptions.DRAWS,
        score.cards(),
        score.notScored());
  }
}
