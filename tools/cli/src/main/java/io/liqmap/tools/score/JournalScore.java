package io.liqmap.tools.score;

import io.liqmap.engine.core.margin.InstrumentName;
import java.util.ArrayList;
import java.util.List;

/**
 * Score cards of a journal's instruments.
 *
 * @param cards of instruments that can be scored
 * @param notScored of others: what each lacks
 */
public record JournalScore(List<ScoreCard> cards, List<String> notScored) {
  /**
   * Scores what a replay saw.
   *
   * @param only instrument, null for all
   * @throws ScoreException if no instrument has enough to score
   */
  public static JournalScore of(
      final WindowCollector collector, final InstrumentName only, final ScoreOptions options)
      throws ScoreException {
    final List<ScoreCard> cards = new ArrayList<>();
    final List<String> notScored = new ArrayList<>();
    for (final CollectedWindows collected : collector.collected()) {
      if (only == null || collected.name().equals(only)) {
        try {
          cards.add(Scorer.score(collected, options));
        } catch (final ScoreException e) {
          notScored.add(e.getMessage());
        }
      }
    }
    if (cards.isEmpty()) {
      throw new ScoreException(
          notScored.isEmpty()
              ? "the journal has no instrument with prices and open interest"
              : String.join("\n", notScored));
    }
    return new JournalScore(cards, notScored);
  }
}
